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
import java.util.function.Consumer;

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

    /** Keys of records that the step under way has merged: those of earlier ones are seen in the staging area. */
    private final Set<Bytes> merged = new HashSet<>();

    private MergeTurn turn = MergeTurn.NONE;

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

    /** What the last step merged is committed. */
    void committed() {
        merged.clear();
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
        return true;
    }

    /** Whether a whole snapshot is staged, and not yet merged. */
    boolean isUnderWay() {
        return begins || active;
    }

    boolean isActive() {
        return active;
    }

    /** The key of the last record that had its turn; empty for none. */
    Bytes upTo() {
        return upTo;
    }

    /** How many bytes of the snapshot's rows have had their turn. */
    long mergedBytes() {
        return mergedBytes;
    }

    /** How many bytes of rows the snapshot has. */
    long totalBytes() {
        return totalBytes;
    }

    /** If the record under that key of the store is to be merged before it is looked at: hands over, once, what the snapshot holds there. */
    void ifPending(Bytes recordKey, Consumer<Optional<Bytes>> merging) {
        if (!active || recordKey.compareTo(upTo) <= 0 || merged.contains(recordKey)) {
            return;
        }
        Optional<Bytes> there = staged(recordKey);
        if (there.filter(Bytes::isEmpty).isPresent()) {
            return;
        }
        merged.add(recordKey);
        if (!turn.contains(recordKey)) {
            draft.batch().put(Table.STAGING, stagedKey(recordKey), Bytes.empty());
        }
        merging.accept(there);
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
    boolean proceed(Consumer<Bytes> records) {
        if (!active) {
            return false;
        }
        turn = findTurn();
        turn.keys().forEach(records);
        boolean last = turn.isLast();
        mergedBytes += turn.bytes();
        if (last) {
            finish();
        } else {
            endTurn(turn.keys().last());
        }
        turn = MergeTurn.NONE;
        return last;
    }

    private void endTurn(Bytes lastKey) {
        Bytes done = upTo.isEmpty() ? stagedKey(keys.first()) : StoreKeys.behind(stagedKey(upTo));
        upTo = lastKey;
        // Ranges that don't overlap: a store looks through all that cover a key.
        draft.batch().deleteRange(Table.STAGING, done, StoreKeys.behind(stagedKey(upTo)));
        new Joining.Merging(upTo, mergedBytes, totalBytes).write(keys, draft.batch());
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

    /** The first keys, of both the records and the snapshot, after the last one merged in its turn: some records' and some megabytes' worth. */
    private MergeTurn findTurn() {
        Bytes from = upTo.isEmpty() ? keys.first() : StoreKeys.behind(upTo);
        try (Scan records = store.scan(Table.RECORD, from, keys.last());
                Scan staged = store.scan(Table.STAGING, stagedKey(from), keys.last())) {
            TreeMap<Bytes, Bytes> here = new TreeMap<>();
            TreeMap<Bytes, Bytes> there = new TreeMap<>();
            // Of a record only the key is needed: it is in the cache, or will be read when it is merged.
            boolean allHere = read(records, scan -> here.put(scan.key(), Bytes.empty()));
            boolean allThere = read(staged, scan -> there.put(unstaged(scan.key()), scan.value()));
            return MergeTurn.of(here, allHere, there, allThere, recordsAStep);
        }
    }

    /** Reads some rows; says whether it came to the end. */
    private boolean read(Scan scan, Consumer<Scan> rows) {
        long bytes = 0;
        int count = 0;
        while (scan.advance()) {
            rows.accept(scan);
            bytes += scan.key().length() + scan.value().length();
            count++;
            if (count >= recordsAStep || bytes >= BYTES_A_STEP) {
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
        return turn.contains(recordKey) ? turn.staged(recordKey) : store.get(Table.STAGING, stagedKey(recordKey));
    }

    private Bytes stagedKey(Bytes recordKey) {
        return keys.staged(StoreKeys.placeOfRecord(recordKey));
    }

    private Bytes unstaged(Bytes stagedKey) {
        return keys.keyOf(StoreKeys.placeOfStaged(stagedKey));
    }
}
