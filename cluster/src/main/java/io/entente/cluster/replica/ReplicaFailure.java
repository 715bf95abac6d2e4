package io.entente.cluster.replica;

/** Why a replica's actor answered nothing. */
public final class ReplicaFailure extends RuntimeException {

    private final boolean mayBeApplied;
    private final boolean storeFailed;

    private ReplicaFailure(boolean mayBeApplied, boolean storeFailed, String message) {
        super(message);
        this.mayBeApplied = mayBeApplied;
        this.storeFailed = storeFailed;
    }

    static ReplicaFailure stopping(boolean mayBeApplied) {
        return new ReplicaFailure(mayBeApplied, false, "the node is stopping: ask another one");
    }

    static ReplicaFailure storeFailed(boolean mayBeApplied) {
        return new ReplicaFailure(
                mayBeApplied,
                true,
                "the node's store has failed, and until a new start it answers only reads of what it has: look into its"
                        + " log");
    }

    static ReplicaFailure halted(boolean mayBeApplied) {
        return new ReplicaFailure(
                mayBeApplied,
                true,
                "the replica of this partition has halted over a broken rule: look into the node's log, start it again,"
                        + " and report it");
    }

    /** Whether the write may exist all the same. */
    public boolean mayBeApplied() {
        return mayBeApplied;
    }

    /** Whether the store failed or the replica broke a rule; otherwise the node is stopping. */
    public boolean storeFailed() {
        return storeFailed;
    }
}
