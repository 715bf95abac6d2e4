package io.entente.cluster.replica;

/** Why a replica's actor answered nothing. */
public final class ReplicaFailure extends RuntimeException {

    private final boolean mayBeApplied;
    private final boolean storeFailed;

    ReplicaFailure(boolean mayBeApplied, boolean storeFailed, String message) {
        super(message);
        this.mayBeApplied = mayBeApplied;
        this.storeFailed = storeFailed;
    }

    /** Whether the write may exist all the same. */
    public boolean mayBeApplied() {
        return mayBeApplied;
    }

    /** Whether the store failed; otherwise the node is stopping. */
    public boolean storeFailed() {
        return storeFailed;
    }
}
