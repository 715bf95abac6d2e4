package io.entente.cluster.map;

import io.entente.cluster.routing.Outcome;
import io.entente.core.effect.Reply.Over;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Objects;

/**
 * The write is applied: durable where it was accepted and not undone. But its write concern was not met in time, or the leader or the mode
 * changed before that.
 */
public final class WriteConcernTimeoutException extends EntenteException {

    private final transient Written written;
    private final transient List<NodeId> acknowledgedBy;
    private final Over over;

    /**
     * @param written what a met concern would have answered
     * @param acknowledgedBy who is known to hold the write, the accepting node first
     * @param over what was over before the concern was met
     */
    public WriteConcernTimeoutException(Written written, List<NodeId> acknowledgedBy, Over over) {
        super(
                "the write " + written.dot() + " is durable at " + acknowledgedBy + " and is not undone, but "
                        + (over == Over.EPOCH
                                ? "the leader or the mode changed before others acknowledged it, so nobody will say whether"
                                        + " enough of them had it: read the key to see what became of it"
                                : "others did not acknowledge it in time: it goes on being replicated"),
                null);
        this.written = Objects.requireNonNull(written, "written");
        this.acknowledgedBy = List.copyOf(acknowledgedBy);
        this.over = Objects.requireNonNull(over, "over");
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

    /** Whether the leader or the mode changed before the write's time was over: it was given up then, at once. */
    public boolean isEpochOver() {
        return over == Over.EPOCH;
    }
}
