package io.entente.cluster.map;

import io.entente.cluster.routing.Outcome;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Objects;

/** The write is applied: durable where it was accepted and not undone. But its write concern was not met in time. */
public final class WriteConcernTimeoutException extends EntenteException {

    private final transient Written written;
    private final transient List<NodeId> acknowledgedBy;

    /**
     * @param written what a met concern would have answered
     * @param acknowledgedBy who is known to hold the write, the accepting node first
     */
    public WriteConcernTimeoutException(Written written, List<NodeId> acknowledgedBy) {
        super(
                "the write " + written.dot() + " is durable at " + acknowledgedBy
                        + " and is not undone, but others did not acknowledge it in time: it goes on being replicated",
                null);
        this.written = Objects.requireNonNull(written, "written");
        this.acknowledgedBy = List.copyOf(acknowledgedBy);
    }

    @Override
    public Outcome outcome() {
        return Outcome.APPLIED;
    }

    /** The write's dot, context and session. */
    public Written written() {
        return written;
    }

    /** Who is known to hold the write, the accepting node first. */
    public List<NodeId> acknowledgedBy() {
        return acknowledgedBy;
    }
}
