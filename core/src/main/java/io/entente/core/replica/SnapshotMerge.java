package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Effect.Severity;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Merges a staged snapshot into the records, each exactly once, in the order of their keys and before that wherever one is looked at; needs
 * no source any more.
 *
 * <p>Until all are merged this replica's vector is what it was. Its own writes go on and depend on the snapshot, too, since they may
 * have seen any of it; streams pause, reads that promise something wait, and nobody is served. At the end the vector becomes the join.
 */
final class SnapshotMerge {

    /** Of either side: a step must not take memory for hundreds of large values. */
    private static final long BYTES_A_STEP = 2 << 20;

    private final StoreReader store;
    private final StoreKeys keys;
    private final OriginCodec origins;
    private final AppliedState applied;
    private final EntryLog log;
    private final Draft draft;
    private final int recordsAStep;
    private final TreeMap<Origin, VersionVector> dependencies = new TreeMap<>();

    /** Keys of records beyond {@link #upTo} that were merged before their turn, by this process. */
    private final Set<Bytes> merged = new HashSet<>();

    private Bytes upTo = Bytes.empty();
    private long mergedBytes;
    private long totalBytes;
    private boolean begins;
    private boolean active;

    SnapshotMerge(
            StoreReader store,
            StoreKeys keys,
            OriginCodec origins,
            AppliedState applied,
            EntryLog log,
            Draft draft,
            int recordsAStep) {
        this.store = store;
        this.keys = keys;
        this.origins = origins;
        this.applied = applied;
        this.log = log;
        this.draft = draft;
        this.recordsAStep = recordsAStep;
        if (Joining.recover(store, keys) instanceof Joining.Merging interrupted) {
            upTo = interrupted.upTo();
            mergedBytes = interrupted.mergedBytes();
            totalBytes = interrupted.totalBytes();
            begins = true;
            applied.staged();
        }
    }

    /** The whole snapshot, of so many bytes, is staged, once this step is durable; so it is merged from the next step on. */
    void beginWithNextStep(long bytes) {
        begins = true;
        applied.staged();
        upTo = Bytes.empty();
        mergedBytes = 0;
        totalBytes = bytes;
        new Joining.Merging(upTo, 0, bytes).write(keys, draft.batch());
        draft.comeBack();
    }

    /** A step begins; says whether merging does with it. */
    boolean beginIfStaged() {
        if (!begins) {
            return false;
        }
        begins = false;
        active = true;
        applied.beginMerging(stagedVector(store, keys, origins));
        readStagedDependencies();
        draft.comeBack();
        return true;
    }

    /** Whether everything is staged, but for the step under way. */
    boolean isAboutToBegin() {
        return begins;
    }

    boolean isActive() {
        return active;
    }

    /** How many bytes of the snapshot's rows have had their turn. */
    long mergedBytes() {
        return mergedBytes;
    }

    /** How many bytes of rows the snapshot has. */
    long totalBytes() {
        return totalBytes;
    }

    /** Whether the record under that key of the store is to be merged before it is looked at. */
    boolean isPending(Bytes recordKey) {
        if (!active || recordKey.compareTo(upTo) <= 0 || merged.contains(recordKey)) {
            return false;
        }
        return staged(recordKey).filter(Bytes::isEmpty).isEmpty();
    }

    /** What the snapshot holds under that key, to be merged now; asked for once. */
    Optional<Bytes> take(Bytes recordKey) {
        Optional<Bytes> taken = staged(recordKey);
        merged.add(recordKey);
        draft.batch().put(Table.STAGING, stagedKey(recordKey), Bytes.empty());
        return taken;
    }

    /** The keys from the snapshot of records, in a range of keys, that may be pending. */
    List<Bytes> stagedBetween(Bytes from, Bytes to) {
        List<Bytes> found = new java.util.ArrayList<>();
        if (active) {
            try (Scan scan = store.scan(Table.STAGING, stagedKey(from), stagedKey(to))) {
                while (scan.advance()) {
                    found.add(unstaged(scan.key()));
                }
            }
        }
        return found;
    }

    /**
     * Merges the next records; says whether those were the last.
     *
     * @param records has a record merged if it is pending
     */
    boolean proceed(java.util.function.Consumer<Bytes> records) {
        if (!active) {
            return false;
        }
        TreeSet<Bytes> next = new TreeSet<>();
        boolean last = findNext(next);
        next.forEach(records);
        if (last) {
            finish();
            return true;
        }
        Bytes done = upTo.isEmpty() ? stagedKey(keys.first()) : StoreKeys.behind(stagedKey(upTo));
        upTo = next.last();
        merged.removeIf(key -> key.compareTo(upTo) <= 0);
        // Ranges that don't overlap: a store looks through all that cover a key.
        draft.batch().deleteRange(Table.STAGING, done, StoreKeys.behind(stagedKey(upTo)));
        new Joining.Merging(upTo, mergedBytes, totalBytes).write(keys, draft.batch());
        draft.comeBack();
        return false;
    }

    private void finish() {
        VersionVector snapshot = applied.merging();
        for (int i = 0; i < snapshot.size(); i++) {
            Origin origin = snapshot.originAt(i);
            if (snapshot.sequenceAt(i) > applied.vector().sequenceOf(origin)) {
                log.truncate(
                        origin, snapshot.sequenceAt(i) + 1, applied.vector().sequenceOf(origin), draft.batch());
            }
        }
        log.forgetTail();
        applied.finishMerging(dependencies);
        draft.batch().deleteRange(Table.STAGING, keys.first(), keys.last());
        new Joining.Nothing().write(keys, draft.batch());
        active = false;
        upTo = Bytes.empty();
        merged.clear();
        dependencies.clear();
        draft.tell(Severity.NOTICE, "a snapshot of " + snapshot.total() + " writes is merged");
    }

    /**
     * Finds the first keys, of both the records and the snapshot, after the last one merged in its turn: some records' and some
     * megabytes' worth; says whether there are no more.
     */
    private boolean findNext(TreeSet<Bytes> next) {
        Bytes from = upTo.isEmpty() ? keys.first() : StoreKeys.behind(upTo);
        TreeMap<Bytes, Integer> here = new TreeMap<>();
        TreeMap<Bytes, Integer> there = new TreeMap<>();
        boolean allHere;
        boolean allThere;
        try (Scan records = store.scan(Table.RECORD, from, keys.last());
                Scan staged = store.scan(Table.STAGING, stagedKey(from), keys.last())) {
            allHere = read(records, here, key -> key);
            allThere = read(staged, there, this::unstaged);
        }
        next.addAll(here.keySet());
        next.addAll(there.keySet());
        if (!allHere) {
            next.tailSet(here.lastKey(), false).clear();
        }
        if (!allThere) {
            next.tailSet(there.lastKey(), false).clear();
        }
        while (next.size() > recordsAStep) {
            next.pollLast();
            allHere = false;
        }
        there.keySet().retainAll(next);
        mergedBytes += there.values().stream().mapToLong(Integer::longValue).sum();
        return allHere && allThere;
    }

    /** Reads keys, and the bytes of their rows; says whether it came to the end. */
    private boolean read(Scan scan, TreeMap<Bytes, Integer> found, UnaryOperator<Bytes> keyOf) {
        long bytes = 0;
        while (scan.advance()) {
            int row = scan.key().length() + scan.value().length();
            found.put(keyOf.apply(scan.key()), row);
            bytes += row;
            if (found.size() >= recordsAStep || bytes >= BYTES_A_STEP) {
                return false;
            }
        }
        return true;
    }

    /** The vector of the staged snapshot. */
    static VersionVector stagedVector(StoreReader store, StoreKeys keys, OriginCodec origins) {
        VersionVector.Builder vector = new VersionVector.Builder();
        Bytes begin = keys.staged(StoreKeys.placeOfMeta(keys.vectors()));
        try (Scan scan = store.scan(Table.STAGING, begin, StoreKeys.successor(begin))) {
            while (scan.advance()) {
                Bytes key = keys.keyOf(StoreKeys.placeOfStaged(scan.key()));
                vector.raise(origins.readOrigin(StoreKeys.metaTail(key)), new ByteReader(scan.value()).varint());
            }
        }
        return vector.build();
    }

    private void readStagedDependencies() {
        Bytes begin = keys.staged(StoreKeys.placeOfMeta(keys.dependencies()));
        try (Scan scan = store.scan(Table.STAGING, begin, StoreKeys.successor(begin))) {
            while (scan.advance()) {
                ByteReader in = StoreKeys.metaTail(unstaged(scan.key()));
                Origin origin = origins.readOrigin(in);
                Origin on = origins.readOrigin(in);
                VersionVector one = VersionVector.of(on, new ByteReader(scan.value()).varint());
                dependencies.merge(origin, one, VersionVector::join);
            }
        }
    }

    private Optional<Bytes> staged(Bytes recordKey) {
        return store.get(Table.STAGING, stagedKey(recordKey));
    }

    private Bytes stagedKey(Bytes recordKey) {
        return keys.staged(StoreKeys.placeOfRecord(recordKey));
    }

    private Bytes unstaged(Bytes stagedKey) {
        return keys.keyOf(StoreKeys.placeOfStaged(stagedKey));
    }
}
