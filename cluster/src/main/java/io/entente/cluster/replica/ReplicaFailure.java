package io.entente.cluster.replica;

import io.entente.core.store.StoreFullException;

/** Why a replica's actor answered nothing. */
public final class ReplicaFailure extends RuntimeException {

    private final boolean mayBeApplied;
    private final Kind kind;

    private ReplicaFailure(boolean mayBeApplied, Kind kind, String message) {
        super(message);
        this.mayBeApplied = mayBeApplied;
        this.kind = kind;
    }

    static ReplicaFailure stopping(boolean mayBeApplied) {
        return new ReplicaFailure(mayBeApplied, Kind.STOPPING, "the node is stopping: ask another one");
    }

    static ReplicaFailure storeFailed(boolean mayBeApplied) {
        return new ReplicaFailure(
                mayBeApplied,
                Kind.STORE_FAILED,
                "the node's store has failed, and until a new start it answers only reads of what it has: look into its"
                        + " log");
    }

    static ReplicaFailure diskFull(boolean mayBeApplied) {
        return new ReplicaFailure(
                mayBeApplied,
                Kind.DISK_FULL,
                "the node's disk is full, and it answers only reads of what it has: make room on its disk, and it goes on by"
                        + " itself");
    }

    /** What fits a commit that failed. */
    static ReplicaFailure of(Throwable failure, boolean mayBeApplied) {
        return StoreFullException.isCauseOf(failure) ? diskFull(mayBeApplied) : storeFailed(mayBeApplied);
    }

    /** The same for requests that came later. */
    ReplicaFailure ofNothingApplied() {
        return new ReplicaFailure(false, kind, String.valueOf(getMessage()));
    }

    static ReplicaFailure halted(boolean mayBeApplied) {
        return new ReplicaFailure(
                mayBeApplied,
                Kind.STORE_FAILED,
                "the replica of this partition has halted over a broken rule: look into the node's log, start it again,"
                        + " and report it");
    }

    /** Whether the write may exist all the same. */
    public boolean mayBeApplied() {
        return mayBeApplied;
    }

    /** What happened to the replica. */
    public Kind kind() {
        return kind;
    }

    /** What happens to replicas. */
    public enum Kind {
        /** The node is stopping. */
        STOPPING,
        /** The store failed, or the replica broke a rule: only a new start of the node mends it. */
        STORE_FAILED,
        /** The disk is full. */
        DISK_FULL
    }
}
