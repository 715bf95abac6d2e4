package io.entente.cluster.map;

import io.entente.conflict.Version;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Siblings whose envelopes have been opened.
 *
 * @param versions the versions in canonical order; one that can't be opened is there as bytes of unknown meaning
 * @param problem why one of them can't be, as a clause
 */
record OpenedSiblings(List<Version<StoredValue>> versions, Optional<String> problem) {

    /** Opens all of them. */
    static OpenedSiblings of(Siblings siblings) {
        List<Version<StoredValue>> versions = new ArrayList<>(siblings.size());
        Optional<String> problem = Optional.empty();
        for (Sibling sibling : siblings.versions()) {
            Opened opened = open(sibling);
            versions.add(opened.version);
            problem = problem.or(() -> opened.problem);
        }
        return new OpenedSiblings(versions, problem);
    }

    /**
     * One of them.
     *
     * @param version the version
     * @param problem why it couldn't be opened, as a clause
     */
    record Opened(Version<StoredValue> version, Optional<String> problem) {}

    /** Opens one. */
    static Opened open(Sibling sibling) {
        if (!(sibling.payload() instanceof Payload.Value value)) {
            return new Opened(Version.deletion(sibling.dot(), sibling.timestamp()), Optional.empty());
        }
        try {
            StoredValue opened = StoredValue.open(value.content());
            return new Opened(Version.of(sibling.dot(), sibling.timestamp(), opened), Optional.empty());
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return new Opened(
                    Version.of(sibling.dot(), sibling.timestamp(), StoredValue.binary(value.content())),
                    Optional.of("the value " + sibling.dot() + " can't be read: " + unreadable.getMessage()));
        }
    }
}
