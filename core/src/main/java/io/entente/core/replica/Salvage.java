package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.Entry;
import io.entente.core.record.Payload;
import io.entente.core.record.Salvageable;
import io.entente.core.record.Sibling;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds in a store that was put aside what the cluster doesn't have: the versions of records, and the operations on mergeable values, that no
 * member will ever receive. Of writes that replaced each other only the last ones are found, for they had seen the others.
 *
 * <p>Reads only. Confined to one thread.
 */
public final class Salvage {

    private final StoreReader aside;
    private final StoreKeys keys;
    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final EntryCodec entries = new EntryCodec(origins);
    private final SiblingsCodec siblings = new SiblingsCodec(origins);

    /** Of that partition, in that store. */
    public Salvage(StoreReader aside, int partition) {
        this.aside = aside;
        this.keys = new StoreKeys(partition);
    }

    /**
     * What there is.
     *
     * @param known the vector of a replica that has caught up with the members that stayed
     * @param isDone whether a write was made anew already, by its old dot
     * @param atMost of how many writes at most; records in the order of their keys come before operations in the order of their dots
     */
    public List<Salvageable> find(VersionVector known, Predicate<Dot> isDone, int atMost) {
        List<Salvageable> found = new ArrayList<>();
        findVersions(known, isDone, found, atMost);
        findOperations(known, isDone, found, atMost);
        return found;
    }

    /** What a salvaged write was made anew as, in the store that this node has now. */
    public static boolean isDone(StoreReader store, int partition, Dot dot) {
        return store.get(Table.META, new StoreKeys(partition).salvaged(dot.origin(), dot.sequence()))
                .isPresent();
    }

    private void findVersions(VersionVector known, Predicate<Dot> isDone, List<Salvageable> found, int atMost) {
        try (Scan scan = aside.scan(Table.RECORD, keys.first(), keys.last())) {
            while (found.size() < atMost && scan.advance()) {
                if (PartKeys.isPart(scan.key())) {
                    continue;
                }
                for (Sibling version : siblings.decode(scan.value()).versions()) {
                    if (!known.contains(version.dot()) && !isDone.test(version.dot())) {
                        found.add(salvageable(scan.key(), version, known));
                    }
                }
            }
        }
    }

    private Salvageable salvageable(Bytes recordKey, Sibling version, VersionVector known) {
        return new Salvageable(
                version.dot(),
                StoreKeys.recordOf(recordKey),
                version.payload(),
                version.timestamp(),
                seenBy(version.dot(), known),
                entry(version.dot()).map(Entry::isKept).orElse(false));
    }

    /** What the write replaced of what is known; through writes that aren't known, too. Nothing where the log doesn't say. */
    private List<Dot> seenBy(Dot write, VersionVector known) {
        Set<Dot> seen = new TreeSet<>();
        Set<Dot> passed = new HashSet<>(Set.of(write));
        Deque<Dot> unknown = new ArrayDeque<>(passed);
        while (!unknown.isEmpty()) {
            for (Dot replaced : entry(unknown.remove()).map(Entry::replaces).orElse(List.of())) {
                if (known.contains(replaced)) {
                    seen.add(replaced);
                } else if (passed.add(replaced)) {
                    unknown.add(replaced);
                }
            }
        }
        return List.copyOf(seen);
    }

    private Optional<Entry> entry(Dot dot) {
        return aside.get(Table.LOG, keys.entry(dot.origin(), dot.sequence()))
                .flatMap(row -> decoded(dot.origin(), dot.sequence(), row));
    }

    /** What is damaged can't be salvaged; the rest can. */
    private Optional<Entry> decoded(Origin origin, long sequence, Bytes row) {
        try {
            return Optional.of(entries.decode(origin, sequence, row).entry());
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return Optional.empty();
        }
    }

    private void findOperations(VersionVector known, Predicate<Dot> isDone, List<Salvageable> found, int atMost) {
        AppliedState.vector(aside, keys, origins).newSince(known).forEach((origin, last) -> {
            long first = known.sequenceOf(origin) + 1;
            try (Scan scan = aside.scan(Table.LOG, keys.entry(origin, first), keys.afterEntries(origin))) {
                while (found.size() < atMost && scan.advance()) {
                    addOperation(origin, scan, isDone, found);
                }
            }
        });
    }

    private void addOperation(Origin origin, Scan scan, Predicate<Dot> isDone, List<Salvageable> found) {
        long sequence = StoreKeys.sequenceOf(scan.key());
        decoded(origin, sequence, scan.value())
                .filter(entry -> entry.payload() instanceof Payload.Operations && !isDone.test(entry.dot()))
                .ifPresent(entry -> found.add(new Salvageable(
                        entry.dot(), entry.key(), entry.payload(), entry.timestamp(), List.of(), entry.isKept())));
    }
}
