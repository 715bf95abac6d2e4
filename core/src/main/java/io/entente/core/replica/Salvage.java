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
import io.entente.core.record.RecordKey;
import io.entente.core.record.Salvageable;
import io.entente.core.record.Sibling;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

    /** Is told of one write after the other. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Looks at a write.
         *
         * @param key the record it wrote
         * @param dot its identity
         * @param write the write, read when it is asked for, during this call
         * @return whether to go on
         */
        boolean visit(RecordKey key, Dot dot, Supplier<Salvageable> write);
    }

    /**
     * Tells what there is: records in the order of their keys, then operations in the order of their dots. Nothing is kept of what was told.
     *
     * @param known the vector of a replica that has caught up with the members that stayed
     * @param isDone whether a write was made anew already, by its old dot
     * @return whether the visitor wanted to go on to the end
     */
    public boolean find(VersionVector known, Predicate<Dot> isDone, Visitor visitor) {
        return findVersions(known, isDone, visitor) && findOperations(known, isDone, visitor);
    }

    /** What the replica of that store had. */
    public VersionVector vector() {
        return AppliedState.vector(aside, keys, origins);
    }

    /** What a salvaged write was made anew as, in the store that this node has now. */
    public static boolean isDone(StoreReader store, int partition, Dot dot) {
        return store.get(Table.META, new StoreKeys(partition).salvaged(dot.origin(), dot.sequence()))
                .isPresent();
    }

    private boolean findVersions(VersionVector known, Predicate<Dot> isDone, Visitor visitor) {
        try (Scan scan = aside.scan(Table.RECORD, keys.first(), keys.last())) {
            while (scan.advance()) {
                if (!PartKeys.isPart(scan.key()) && !findVersions(scan, known, isDone, visitor)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean findVersions(Scan row, VersionVector known, Predicate<Dot> isDone, Visitor visitor) {
        RecordKey key = StoreKeys.recordOf(row.key());
        for (Sibling version : siblings.decode(row.value()).versions()) {
            Dot dot = version.dot();
            boolean isLost = !known.contains(dot) && !isDone.test(dot);
            if (isLost && !visitor.visit(key, dot, () -> salvageable(key, version, known))) {
                return false;
            }
        }
        return true;
    }

    private Salvageable salvageable(RecordKey key, Sibling version, VersionVector known) {
        return new Salvageable(
                version.dot(),
                key,
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

    private boolean findOperations(VersionVector known, Predicate<Dot> isDone, Visitor visitor) {
        VersionVector more = vector().newSince(known);
        for (int i = 0; i < more.size(); i++) {
            Origin origin = more.originAt(i);
            long first = known.sequenceOf(origin) + 1;
            try (Scan scan = aside.scan(Table.LOG, keys.entry(origin, first), keys.afterEntries(origin))) {
                while (scan.advance()) {
                    if (!findOperation(origin, scan, isDone, visitor)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean findOperation(Origin origin, Scan row, Predicate<Dot> isDone, Visitor visitor) {
        Optional<Entry> lost = decoded(origin, StoreKeys.sequenceOf(row.key()), row.value())
                .filter(entry -> entry.payload() instanceof Payload.Operations && !isDone.test(entry.dot()));
        return lost.isEmpty() || visitor.visit(lost.get().key(), lost.get().dot(), () -> salvageable(lost.get()));
    }

    private static Salvageable salvageable(Entry operations) {
        return new Salvageable(
                operations.dot(),
                operations.key(),
                operations.payload(),
                operations.timestamp(),
                List.of(),
                operations.isKept());
    }
}
