package io.entente.cluster.routing;

import java.util.Objects;

/** A request that got no answer from a replica: the node is stopping, overloaded or out of reach, or its store has failed. */
public final class RequestFailedException extends RuntimeException {

    private final Outcome outcome;
    private final Cause kind;

    /**
     * @param outcome what is known about the write
     * @param kind why there was no answer
     * @param message a full sentence with the remedy
     */
    public RequestFailedException(Outcome outcome, Cause kind, String message) {
        super(message);
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What is known about the write. */
    public Outcome outcome() {
        return outcome;
    }

    /** Why there was no answer. */
    public Cause kind() {
        return kind;
    }

    /** Why a request got no answer. */
    public enum Cause {
        /** More requests wait than the node takes. */
        OVERLOADED,
        /** The node is starting or stopping, or what was asked for waits until it has merged a snapshot. */
        NOT_RUNNING,
        /** No node that could answer is in reach, or the one that was asked gave no answer. */
        UNREACHABLE,
        /** The node's store has failed, or a replica has halted over a broken rule: no more writes until a new start. */
        STORE_FAILED,
        /** The node's clock is too far from the others', so it takes no writes until it is mended. */
        CLOCK_OFF,
        /** The node's disk is full, so it takes no writes until there is room. */
        DISK_FULL,
        /** The data center that is home to the key can't be asked. */
        HOME_UNREACHABLE
    }
}
