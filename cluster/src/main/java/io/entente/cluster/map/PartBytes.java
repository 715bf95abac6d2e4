package io.entente.cluster.map;

import io.entente.conflict.Version;
import io.entente.conflict.merge.Change;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.merge.Merged;
import io.entente.conflict.merge.PartState;
import io.entente.conflict.merge.View;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.Part;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Between parts as replicas keep them, which are bytes, and parts as {@code conflict} gives them a meaning: names are UTF-8, what registers
 * hold are envelopes of stored values, and a mark has no bytes at all.
 */
final class PartBytes {

    private PartBytes() {}

    /** The payload that makes these changes. */
    static Payload.Operations payload(List<Change<StoredValue>> changes) {
        return new Payload.Operations(changes.stream().map(PartBytes::operation).toList());
    }

    private static PartOperation operation(Change<StoredValue> change) {
        Bytes part = Bytes.utf8(change.part());
        if (change instanceof Change.Put<StoredValue> put) {
            return new PartOperation.Put(
                    part, put.content().map(StoredValue::envelope).orElse(Bytes.empty()));
        }
        if (change instanceof Change.Tally<StoredValue> tally) {
            return new PartOperation.Tally(part, tally.delta());
        }
        if (change instanceof Change.Tombstone<StoredValue>) {
            return new PartOperation.Tombstone(part);
        }
        return change instanceof Change.Forget<StoredValue>
                ? new PartOperation.Forget(part)
                : new PartOperation.Reset(part);
    }

    /** What parts read as. No bytes, whatever they are, make this throw. */
    static MergedReading read(MergeableType type, List<Part> parts, SessionToken session) {
        TreeMap<String, PartState<StoredValue>> states = new TreeMap<>();
        Optional<String> unreadable = Optional.empty();
        for (Part part : parts) {
            List<Version<Optional<StoredValue>>> versions = new ArrayList<>();
            for (Sibling sibling : part.versions().versions()) {
                try {
                    versions.add(version(sibling));
                } catch (MalformedBytesException | UnsupportedFormatException malformed) {
                    unreadable =
                            Optional.of("the value " + sibling.dot() + " can't be read: " + malformed.getMessage());
                }
            }
            states.put(part.name().utf8(), new PartState<>(versions, part.sum()));
        }
        Optional<Merged<StoredValue>> value = View.of(type, states);
        return new MergedReading(value, unreadable.or(() -> unknown(value)), session);
    }

    /** One part's state; what can't be read of it is left out. */
    static PartState<StoredValue> state(Part part) {
        List<Version<Optional<StoredValue>>> versions = new ArrayList<>();
        for (Sibling sibling : part.versions().versions()) {
            versions.add(
                    sibling.isTombstone()
                            ? Version.deletion(sibling.dot(), sibling.timestamp())
                            : Version.of(sibling.dot(), sibling.timestamp(), Optional.empty()));
        }
        return new PartState<>(versions, part.sum());
    }

    private static Version<Optional<StoredValue>> version(Sibling sibling) {
        if (!(sibling.payload() instanceof Payload.Value value)) {
            return Version.deletion(sibling.dot(), sibling.timestamp());
        }
        Optional<StoredValue> content =
                value.content().isEmpty() ? Optional.empty() : Optional.of(StoredValue.open(value.content()));
        return Version.of(sibling.dot(), sibling.timestamp(), content);
    }

    private static Optional<String> unknown(Optional<Merged<StoredValue>> value) {
        return value.filter(merged -> merged instanceof Merged.Fields<StoredValue> fields && fields.unknown() > 0)
                .map(fields -> "some fields are of types that this version of Entente doesn't know");
    }
}
