package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Entry;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What this replica has applied: its version vector and, per origin, the dependencies of that origin's last applied entry.
 *
 * <p>Both change by entries only, and are written once a step, however many entries it applied.
 */
final class AppliedState {

    private final StoreKeys keys;
    private VersionVector vector = VersionVector.empty();
    private VersionVector merging = VersionVector.empty();
    private VersionVector promised = VersionVector.empty();
    private boolean holdsMore;
    private final Frontier frontier = new Frontier();
    private final Map<Origin, VersionVector> dependencies = new LinkedHashMap<>();
    private final Set<Origin> advanced = new LinkedHashSet<>();
    private final Map<Origin, VersionVector> newDependencies = new LinkedHashMap<>();

    private AppliedState(StoreKeys keys) {
        this.keys = keys;
    }

    static AppliedState recover(StoreReader store, StoreKeys keys, OriginCodec origins) {
        AppliedState state = new AppliedState(keys);
        state.vector = vector(store, keys, origins);
        state.promised = state.vector;
        try (Scan scan = store.scan(Table.META, keys.dependencies(), StoreKeys.successor(keys.dependencies()))) {
            while (scan.advance()) {
                ByteReader in = StoreKeys.metaTail(scan.key());
                Origin origin = origins.readOrigin(in);
                Origin on = origins.readOrigin(in);
                long sequence = new ByteReader(scan.value()).varint();
                state.dependencies.merge(origin, VersionVector.of(on, sequence), VersionVector::join);
            }
        }
        state.frontier.begin(state.vector, state.dependencies.values());
        return state;
    }

    /** The vector as it is committed. */
    static VersionVector vector(StoreReader store, StoreKeys keys, OriginCodec origins) {
        VersionVector.Builder vector = new VersionVector.Builder();
        try (Scan scan = store.scan(Table.META, keys.vectors(), StoreKeys.successor(keys.vectors()))) {
            while (scan.advance()) {
                Origin origin = origins.readOrigin(StoreKeys.metaTail(scan.key()));
                vector.raise(origin, new ByteReader(scan.value()).varint());
            }
        }
        return vector.build();
    }

    VersionVector vector() {
        return vector;
    }

    /**
     * What a write made now depends on, and a client that reads now may see: the vector and, while a snapshot is merged, the snapshot's
     * too.
     */
    VersionVector promised() {
        return promised;
    }

    /** What names {@link #promised} in a session's token: whoever has reached the one has reached the other. */
    VersionVector seen() {
        return merging.isEmpty() ? frontier.toVector() : promised;
    }

    /**
     * Whether reads may promise what that vector promises. While a snapshot is merged none may: some records are later than the vector
     * says, and others aren't.
     */
    boolean hasReached(VersionVector wanted) {
        return wanted.isEmpty() || (merging.isEmpty() && vector.dominates(wanted));
    }

    /**
     * Whether the store holds writes that the vector doesn't show: those of a snapshot that is staged as a whole. What the vector says
     * is then no answer to who asks what there is.
     */
    boolean holdsMore() {
        return holdsMore;
    }

    /** A snapshot is staged as a whole, once this step is durable. */
    void staged() {
        holdsMore = true;
    }

    /** The vector of the snapshot that is being merged; empty for none. */
    VersionVector merging() {
        return merging;
    }

    /** A snapshot with that vector is being merged. */
    void beginMerging(VersionVector snapshot) {
        merging = snapshot;
        promised = vector.join(merging);
    }

    /**
     * Every record is merged: this replica has what the snapshot has. Of each origin that the snapshot has more of, the dependencies of the
     * last entry are the snapshot's.
     */
    void finishMerging(Map<Origin, VersionVector> dependenciesThere) {
        for (int i = 0; i < merging.size(); i++) {
            Origin origin = merging.originAt(i);
            if (merging.sequenceAt(i) > vector.sequenceOf(origin)) {
                vector = vector.with(origin, merging.sequenceAt(i));
                advanced.add(origin);
                VersionVector there = dependenciesThere.getOrDefault(origin, VersionVector.empty());
                dependencies.merge(origin, there, VersionVector::join);
                newDependencies.merge(origin, there, VersionVector::join);
            }
        }
        merging = VersionVector.empty();
        promised = vector;
        frontier.begin(vector, dependencies.values());
        holdsMore = false;
    }

    /** Whether the entry is the next of its origin (invariant I1). */
    boolean isNext(Dot dot) {
        return vector.sequenceOf(dot.origin()) == dot.sequence() - 1;
    }

    /** Whether everything the entry depends on has been applied (invariant I2). */
    boolean covers(Entry entry) {
        return promised.dominates(entry.newDependencies());
    }

    /** What the origin had applied from others when it made its last entry known here. */
    VersionVector dependenciesOf(Origin origin) {
        return dependencies.getOrDefault(origin, VersionVector.empty());
    }

    /** Whether the write {@code by}, the last one applied of its origin, had seen {@code dot}. */
    boolean hadSeen(Dot by, Dot dot) {
        return dot.origin().equals(by.origin())
                ? dot.sequence() < by.sequence()
                : dependenciesOf(by.origin()).contains(dot);
    }

    void advance(Entry entry) {
        Origin origin = entry.dot().origin();
        vector = vector.with(origin, entry.dot().sequence());
        promised =
                merging.isEmpty() ? vector : promised.with(origin, entry.dot().sequence());
        advanced.add(origin);
        frontier.advance(entry);
        if (!entry.newDependencies().isEmpty()) {
            dependencies.merge(origin, entry.newDependencies(), VersionVector::join);
            newDependencies.merge(origin, entry.newDependencies(), VersionVector::join);
        }
    }

    /** The components that advanced in this step. */
    Set<Origin> advanced() {
        return advanced;
    }

    /** Writes what changed in this step, and begins the next one. */
    void flush(WriteBatch batch) {
        for (Origin origin : advanced) {
            batch.put(Table.META, keys.vector(origin), varint(vector.sequenceOf(origin)));
        }
        newDependencies.forEach((origin, gained) ->
                gained.forEach((on, sequence) -> batch.put(Table.META, keys.dependency(origin, on), varint(sequence))));
        advanced.clear();
        newDependencies.clear();
    }

    private static Bytes varint(long value) {
        return new ByteWriter(10).varint(value).toBytes();
    }
}
