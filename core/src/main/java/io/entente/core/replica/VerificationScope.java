package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.SubscriptionId;
import io.entente.core.message.VerifyMessage;
import io.entente.core.repair.Moves;
import io.entente.core.repair.RowReader;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.StoreSnapshot;

/**
 * What verifications at one replica have to do with. They go on at the beginnings of steps, where what the replica knows is what its
 * store has committed.
 */
record VerificationScope(
        ReplicaSettings settings, ReadableStore store, AppliedState applied, Peers peers, Draft draft) {

    /** Rows looked at in one step at the most. */
    static final int ROWS_A_SLICE = 512;

    /** Bytes of rows in one message, unless a single one has more. */
    static final long BYTES_A_MESSAGE = 1 << 20;

    StoreKeys keys() {
        return new StoreKeys(settings.partition());
    }

    RowReader reader() {
        return new RowReader(origins());
    }

    Moves moves() {
        return new Moves(settings.partition(), new EntryCodec(origins()));
    }

    /**
     * A view of the store, to be closed by whoever asked for it.
     *
     * @param rows the rows
     * @param applied the version vector of them
     */
    record View(StoreSnapshot rows, VersionVector applied) {}

    /** The store as it is now. */
    View open() {
        StoreSnapshot rows = store.snapshot();
        try {
            return new View(rows, AppliedState.vector(rows, keys(), origins()));
        } catch (RuntimeException unreadable) {
            rows.close();
            throw unreadable;
        }
    }

    /** Whether the records are those of the vector; while a snapshot waits to be merged, or is, they aren't. */
    boolean isComparable() {
        return !applied.holdsMore();
    }

    void send(NodeId to, SubscriptionId id, VerifyMessage message) {
        draft.send(to, new Verify(id, message));
    }

    long nowNanos() {
        return draft.now().monotonicNanos();
    }

    private static OriginCodec origins() {
        return new OriginCodec(new OriginPool());
    }
}
