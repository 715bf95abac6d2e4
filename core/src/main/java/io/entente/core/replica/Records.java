package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.RecordKeyCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Entry;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Outline.Mark;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records: in the store, before it a cache of their outlines, and before that what this step has looked at and changed.
 *
 * <p>With the records goes the list of versions that wait for a purge: the tombstones of records that hold nothing else, and the
 * single versions beside which superseded ones are kept.
 */
final class Records {

    private final StoreReader store;
    private final StoreKeys keys;
    private final SiblingsCodec codec;
    private final Map<RecordKey, Held> held = new LinkedHashMap<>();
    private final OutlineCache outlines;
    private final Conflicts conflicts;
    private final AppliedState applied;
    private final SnapshotMerge merge;

    Records(
            StoreReader store,
            StoreKeys keys,
            SiblingsCodec codec,
            OutlineCache outlines,
            Conflicts conflicts,
            AppliedState applied,
            SnapshotMerge merge) {
        this.store = store;
        this.keys = keys;
        this.codec = codec;
        this.outlines = outlines;
        this.conflicts = conflicts;
        this.applied = applied;
        this.merge = merge;
    }

    /** A record's content. Who needs no more than dots asks for the {@link #outline}. */
    Siblings get(RecordKey key) {
        return read(hold(key));
    }

    /** A record without its contents, which seldom takes a look into the store. */
    Outline outline(RecordKey key) {
        return hold(key).outline();
    }

    /**
     * Adds an entry's version in the place of those it supersedes.
     *
     * @param by the entry
     * @param superseded tells of each present version whether it goes
     */
    void supersede(Entry by, Predicate<Mark> superseded) {
        Held record = hold(by.key());
        Outline present = record.outline();
        Sibling added = new Sibling(by.dot(), by.timestamp(), by.payload());
        if (!by.isKept() && !present.hasAncestry() && present.marks().stream().allMatch(superseded)) {
            record.become(Siblings.of(added));
            return;
        }
        Siblings before = read(record);
        Set<Dot> gone = new HashSet<>();
        present.marks().stream().filter(superseded).forEach(mark -> gone.add(mark.dot()));
        Siblings after = before.after(version -> gone.contains(version.dot()), added);
        record.become(after.with(before.ancestryAfter(gone, added.dot(), by.isKept(), by.replaces())));
    }

    /** Forgets the superseded versions that a record keeps. */
    void forgetKept(RecordKey key) {
        Held record = hold(key);
        Siblings before = read(record);
        record.become(before.with(before.ancestry().withoutKept()));
    }

    /** Leaves nothing of a record. */
    void remove(RecordKey key) {
        hold(key).become(Siblings.none());
    }

    /**
     * Replaces what the store holds, whatever that is, by what other replicas hold; before anything else in a step. A conflict in it was
     * journaled when it came.
     */
    void repair(Bytes storeKey, Optional<Bytes> row, WriteBatch batch) {
        RecordKey key = StoreKeys.recordOf(storeKey);
        Siblings right = row.map(codec::decode).orElse(Siblings.none());
        Held record = new Held(storeKey, Outline.of(right), right);
        record.changed = true;
        record.repaired = true;
        held.put(key, record);
        for (Dot version : purgeable(record.now)) {
            batch.put(Table.META, rowOf(version), RecordKeyCodec.encode(key));
        }
    }

    /**
     * Writes what changed in this step, and begins the next one.
     *
     * @param changed told of each record that readers find to be another one than before
     */
    void flush(WriteBatch batch, Consumer<RecordKey> changed) {
        held.forEach((key, record) -> {
            if (record.changed) {
                write(record, batch);
                listForPurge(key, record, batch);
                conflicts.changed(key, record.before, read(record));
                if (record.isSeenToChange()) {
                    changed.accept(key);
                }
            }
        });
        held.clear();
        conflicts.flush(batch);
    }

    private void write(Held record, WriteBatch batch) {
        Siblings now = read(record);
        if (now.isEmpty()) {
            batch.delete(Table.RECORD, record.storeKey);
        } else {
            batch.put(Table.RECORD, record.storeKey, codec.encode(now));
        }
        outlines.put(record.storeKey, record.outline());
    }

    private Held hold(RecordKey key) {
        Held record = held.get(key);
        if (record == null) {
            record = committed(keys.record(key));
            held.put(key, record);
            mergeIfPending(record);
        }
        return record;
    }

    private void mergeIfPending(Held record) {
        merge.ifPending(record.storeKey, found -> {
            Siblings there = found.map(codec::decode).orElse(Siblings.none());
            record.become(read(record).mergedWith(applied.vector(), there, applied.merging()));
        });
    }

    private Held committed(Bytes storeKey) {
        Outline known = outlines.get(storeKey);
        if (known != null) {
            return new Held(storeKey, known, known.isEmpty() ? Siblings.none() : null);
        }
        Siblings stored = stored(storeKey);
        Outline outline = Outline.of(stored);
        outlines.put(storeKey, outline);
        return new Held(storeKey, outline, stored);
    }

    private Siblings read(Held record) {
        if (record.content == null) {
            record.content = stored(record.storeKey);
        }
        return record.content;
    }

    private Siblings stored(Bytes storeKey) {
        return store.get(Table.RECORD, storeKey).map(codec::decode).orElse(Siblings.none());
    }

    private void listForPurge(RecordKey key, Held record, WriteBatch batch) {
        List<Dot> before = purgeable(record.before);
        List<Dot> after = purgeable(record.outline());
        for (Dot version : before) {
            if (!after.contains(version)) {
                batch.delete(Table.META, rowOf(version));
            }
        }
        for (Dot version : after) {
            if (!before.contains(version)) {
                batch.put(Table.META, rowOf(version), RecordKeyCodec.encode(key));
            }
        }
    }

    private Bytes rowOf(Dot dot) {
        return keys.purgeable(dot.origin(), dot.sequence());
    }

    private static List<Dot> purgeable(Outline outline) {
        return outline.isAbsent() || outline.keepsForLate() ? outline.dots() : List.of();
    }

    /** A record as it was before this step, and as it is now. */
    private static final class Held {
        private final Bytes storeKey;
        private final Outline before;
        private Outline now;
        private boolean changed;
        private boolean repaired;

        /** What it is now; {@code null} as long as nobody has read it. */
        private @Nullable Siblings content;

        private Held(Bytes storeKey, Outline before, @Nullable Siblings content) {
            this.storeKey = storeKey;
            this.before = before;
            this.now = before;
            this.content = content;
        }

        private Outline outline() {
            return now;
        }

        /** Not where only deletions come or go, or what is kept for ancestors. */
        private boolean isSeenToChange() {
            return repaired
                    || (!(before.isAbsent() && now.isAbsent()) && !now.dots().equals(before.dots()));
        }

        private void become(Siblings siblings) {
            content = siblings;
            now = Outline.of(siblings);
            changed = true;
        }
    }
}
