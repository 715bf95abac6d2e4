package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.PartRow;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.record.Tally;
import io.entente.core.replica.Outline.Mark;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of mergeable values: in the store, before it what is remembered of those used last, and before that what this step has
 * looked at and changed. With them goes the list of those rows that wait for their purge.
 *
 * <p>A row of marks and deletions, such as an element's, has no content: its outline, in the cache that records have too, is all
 * there is of it. Of other rows the last and small ones are remembered as they are.
 */
final class Parts {

    private static final PartRow NOTHING = new PartRow.Versions(Siblings.none());

    private final StoreReader store;
    private final PartKeys keys;
    private final OriginCodec origins;
    private final PartRowCodec codec;
    private final OutlineCache outlines;
    private final AppliedState applied;
    private final SnapshotMerge merge;
    private final RecentRows recent = new RecentRows();
    private final NavigableMap<Bytes, Held> held = new TreeMap<>();

    Parts(
            StoreReader store,
            PartKeys keys,
            OriginCodec origins,
            OutlineCache outlines,
            AppliedState applied,
            SnapshotMerge merge) {
        this.store = store;
        this.keys = keys;
        this.origins = origins;
        this.codec = new PartRowCodec(origins);
        this.outlines = outlines;
        this.applied = applied;
        this.merge = merge;
    }

    Siblings versions(RecordKey key, Bytes part) {
        return siblings(hold(keys.versions(key, part)).now);
    }

    void put(RecordKey key, Bytes part, Siblings versions) {
        hold(keys.versions(key, part)).now = new PartRow.Versions(versions);
    }

    /** What an origin has contributed; empty where nothing of that is known any more. */
    Optional<Tally> tally(RecordKey key, Bytes part, Origin origin) {
        return tally(hold(keys.tally(key, part, origin)).now);
    }

    void put(RecordKey key, Bytes part, Origin origin, Tally tally) {
        hold(keys.tally(key, part, origin)).now = new PartRow.Contribution(tally);
    }

    /** The rows of versions whose parts begin so, by their keys in the store. */
    NavigableMap<Bytes, PartRow> versionsUnder(RecordKey key, Bytes prefix) {
        return under(keys.versions(key, prefix));
    }

    /** The tallies whose parts begin so, by their keys in the store. */
    NavigableMap<Bytes, PartRow> talliesUnder(RecordKey key, Bytes prefix) {
        return under(keys.tallies(key, prefix));
    }

    /** The part of a tally of that value. */
    Bytes partOf(RecordKey key, Bytes tallyKey) {
        return PartKeys.partOfTally(tallyKey, keys.rows(key).length());
    }

    /** Whose contribution a tally is. */
    Origin originOf(Bytes tallyKey) {
        return PartKeys.originOf(tallyKey, origins);
    }

    /** Changes a row found by its key in the store. */
    void put(Bytes rowKey, PartRow row) {
        hold(rowKey).now = row;
    }

    PartRow row(Bytes rowKey) {
        return hold(rowKey).now;
    }

    /** Removes a row that leaves nothing to remember. */
    void remove(Bytes rowKey) {
        hold(rowKey).now = NOTHING;
    }

    /** Replaces what the store holds, whatever that is, by what other replicas hold; before anything else in a step. */
    void repair(Bytes rowKey, Optional<Bytes> row) {
        Held repaired = new Held(NOTHING);
        repaired.now = row.map(codec::decode).orElse(NOTHING);
        repaired.isRepaired = true;
        held.put(rowKey, repaired);
    }

    /**
     * Writes what changed in this step, and begins the next one.
     *
     * @param changed told of each value that has changed for its readers, once a row
     */
    void flush(WriteBatch batch, Consumer<RecordKey> changed) {
        held.forEach((rowKey, row) -> {
            if (row.isRepaired || !row.now.equals(row.before)) {
                write(rowKey, row.now, batch);
                listPurgeable(rowKey, row, batch);
                if (!row.isPurged()) {
                    changed.accept(PartKeys.valueOf(rowKey));
                }
            }
        });
        held.clear();
    }

    private void write(Bytes rowKey, PartRow row, WriteBatch batch) {
        if (row.isEmpty()) {
            batch.delete(Table.RECORD, rowKey);
            remember(rowKey, row, 0);
        } else {
            Bytes encoded = codec.encode(row);
            batch.put(Table.RECORD, rowKey, encoded);
            remember(rowKey, row, encoded.length());
        }
    }

    private void listPurgeable(Bytes rowKey, Held row, WriteBatch batch) {
        List<Dot> before = row.before.purgeable();
        List<Dot> after = row.now.purgeable();
        for (Dot dot : before) {
            if (!after.contains(dot)) {
                batch.delete(Table.META, keys.purgeable(dot.origin(), dot.sequence(), rowKey));
            }
        }
        for (Dot dot : after) {
            if (!before.contains(dot)) {
                batch.put(Table.META, keys.purgeable(dot.origin(), dot.sequence(), rowKey), Bytes.empty());
            }
        }
    }

    /** As committed, and over that as this step has left them; large values are read whole here, so only a reset asks for it. */
    private NavigableMap<Bytes, PartRow> under(Bytes prefix) {
        NavigableMap<Bytes, PartRow> rows = new TreeMap<>();
        Bytes end = StoreKeys.successor(prefix);
        mergeUnder(prefix, end);
        try (Scan scan = store.scan(Table.RECORD, prefix, end)) {
            while (scan.advance()) {
                rows.put(scan.key(), codec.decode(scan.value()));
            }
        }
        held.subMap(prefix, end).forEach((rowKey, row) -> {
            if (row.now.isEmpty()) {
                rows.remove(rowKey);
            } else {
                rows.put(rowKey, row.now);
            }
        });
        return rows;
    }

    private void mergeUnder(Bytes from, Bytes to) {
        if (merge.isActive()) {
            List<Bytes> found = new ArrayList<>(merge.stagedBetween(from, to));
            try (Scan scan = store.scan(Table.RECORD, from, to)) {
                while (scan.advance()) {
                    found.add(scan.key());
                }
            }
            found.forEach(this::hold);
        }
    }

    private Held hold(Bytes rowKey) {
        Held present = held.get(rowKey);
        if (present != null) {
            return present;
        }
        Held row = new Held(committed(rowKey));
        held.put(rowKey, row);
        merge.ifPending(
                rowKey,
                found -> row.now =
                        merged(rowKey, row.now, found.map(codec::decode).orElse(NOTHING)));
        return row;
    }

    /** What the row is where both what this replica has and what the snapshot has is applied. */
    private PartRow merged(Bytes rowKey, PartRow here, PartRow there) {
        Optional<Tally> ours = tally(here);
        Optional<Tally> theirs = tally(there);
        if (ours.isEmpty() && theirs.isEmpty()) {
            return new PartRow.Versions(
                    siblings(here).mergedWith(applied.vector(), siblings(there), applied.merging()));
        }
        if (ours.isPresent() && theirs.isPresent()) {
            return new PartRow.Contribution(ours.get().mergedWith(theirs.get()));
        }
        Tally only = ours.or(() -> theirs).orElseThrow();
        VersionVector otherSide = ours.isPresent() ? applied.merging() : applied.vector();
        boolean purgedThere = otherSide.contains(new Dot(originOf(rowKey), only.first()));
        return purgedThere ? NOTHING : new PartRow.Contribution(only);
    }

    private PartRow committed(Bytes rowKey) {
        PartRow lately = recent.get(rowKey);
        if (lately != null) {
            return lately;
        }
        Outline outline = outlines.get(rowKey);
        if (outline != null) {
            return row(outline);
        }
        Bytes stored = store.get(Table.RECORD, rowKey).orElse(Bytes.empty());
        PartRow known = stored.isEmpty() ? NOTHING : codec.decode(stored);
        remember(rowKey, known, stored.length());
        return known;
    }

    private void remember(Bytes rowKey, PartRow row, int bytes) {
        if (row instanceof PartRow.Versions versions && hasNoContent(versions.siblings())) {
            outlines.put(rowKey, Outline.of(versions.siblings()));
            recent.remove(rowKey);
        } else {
            // Something else of the row may be remembered there: that it is absent, for one.
            outlines.forget(rowKey);
            recent.put(rowKey, row, bytes);
        }
    }

    private static boolean hasNoContent(Siblings siblings) {
        return siblings.versions().stream()
                .allMatch(version -> version.payload().length() == 0);
    }

    private static PartRow row(Outline outline) {
        List<Sibling> versions = new ArrayList<>(outline.size());
        for (Mark mark : outline.marks()) {
            Payload payload = mark.tombstone() ? Payload.deletion() : Payload.value(Bytes.empty());
            versions.add(new Sibling(mark.dot(), mark.timestamp(), payload));
        }
        return versions.isEmpty() ? NOTHING : new PartRow.Versions(new Siblings(versions));
    }

    static Siblings siblings(PartRow row) {
        return row instanceof PartRow.Versions versions ? versions.siblings() : Siblings.none();
    }

    static Optional<Tally> tally(PartRow row) {
        return row instanceof PartRow.Contribution contribution ? Optional.of(contribution.tally()) : Optional.empty();
    }

    /** A row as it was before this step, and as it is now. */
    private static final class Held {
        private final PartRow before;
        private PartRow now;
        private boolean isRepaired;

        private Held(PartRow committed) {
            this.before = committed;
            this.now = committed;
        }

        /** Whether but the memory of something deleted has gone. */
        private boolean isPurged() {
            return !isRepaired && now.isEmpty() && !before.purgeable().isEmpty();
        }
    }

    /** The rows used last, as far as they are small: counters and flags are few and changed often. */
    private static final class RecentRows {

        private static final int MOST_ROWS = 1_024;
        private static final int MOST_ROW_BYTES = 1_024;

        private final LinkedHashMap<Bytes, PartRow> rows = new LinkedHashMap<>(16, 0.75f, true);

        @Nullable
        PartRow get(Bytes rowKey) {
            return rows.get(rowKey);
        }

        void put(Bytes rowKey, PartRow row, int bytes) {
            if (bytes > MOST_ROW_BYTES) {
                rows.remove(rowKey);
                return;
            }
            rows.put(rowKey, row);
            if (rows.size() > MOST_ROWS) {
                Iterator<Bytes> eldest = rows.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }

        void remove(Bytes rowKey) {
            rows.remove(rowKey);
        }
    }
}
