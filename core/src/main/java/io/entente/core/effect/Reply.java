package io.entente.core.effect;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.record.Part;
import io.entente.core.record.Siblings;
import io.entente.core.repair.VerificationReport;
import java.util.List;
import java.util.Objects;

/**
 * The answer to a client's request.
 *
 * <p>What the replica has <i>applied</i> is said in as few components as name it: those writes that no other one among them had seen. A
 * replica that has these has all the others too, since what it applies is causally closed. So a session's token stays short.
 */
public sealed interface Reply {

    /**
     * The write is durable here, and its write concern is met.
     *
     * @param dot the write
     * @param context what its writer has now seen of the key
     * @param applied what the replica had applied just after the write, for session tokens
     */
    record Written(Dot dot, CausalContext context, VersionVector applied) implements Reply {

        public Written {
            Objects.requireNonNull(dot, "dot");
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(applied, "applied");
        }
    }

    /**
     * What the key holds.
     *
     * @param siblings its versions, none for a key never written or purged
     * @param applied what the replica had applied at the time of the read, for session tokens
     */
    record Found(Siblings siblings, VersionVector applied) implements Reply {

        public Found {
            Objects.requireNonNull(siblings, "siblings");
            Objects.requireNonNull(applied, "applied");
        }
    }

    /**
     * What parts of a mergeable value are, as they are committed at the replica.
     *
     * @param parts the parts asked for, none where the value is absent
     * @param applied a vector of the replica that has all that these parts rest on, for session tokens
     */
    record FoundParts(List<Part> parts, VersionVector applied) implements Reply {

        public FoundParts {
            parts = List.copyOf(parts);
            Objects.requireNonNull(applied, "applied");
        }
    }

    /** What was asked for is durably begun, and goes on by itself. */
    record Accepted() implements Reply {}

    /**
     * The replica's records have been compared with those of all other copies that were there.
     *
     * @param report what was found
     */
    record Verified(VerificationReport report) implements Reply {

        public Verified {
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * Nothing was done.
     *
     * @param reason which rule refused it
     * @param detail a full sentence with the value and the remedy
     */
    record Refused(Refusal reason, String detail) implements Reply {

        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The write is durable here and is not undone, but its write concern was not met in time, or its epoch ended before that.
     *
     * @param written what a met concern would have answered
     * @param acknowledgedBy who is known to hold the write, the accepting node first
     * @param over what was over before the concern was met
     */
    record ConcernTimedOut(Written written, List<NodeId> acknowledgedBy, Over over) implements Reply {

        public ConcernTimedOut {
            Objects.requireNonNull(written, "written");
            acknowledgedBy = List.copyOf(acknowledgedBy);
            Objects.requireNonNull(over, "over");
        }
    }

    /** What was over before a write was confirmed by as many as were asked to. */
    enum Over {
        /** The time that its client gave it. */
        TIME,
        /** The epoch in which it was written: the leader or the mode changes, and whoever holds the write no longer confirms it. */
        EPOCH
    }

    /**
     * An epoch is in force.
     *
     * @param epoch the epoch
     */
    record EpochBegun(Epoch epoch) implements Reply {

        public EpochBegun {
            Objects.requireNonNull(epoch, "epoch");
        }
    }

    /** Why a request was refused without having been applied. */
    enum Refusal {
        /** This replica may not originate writes (yet): it has to catch up first. */
        NOT_ADMITTED,
        /** A context or session names writes that did not arrive here in time. */
        NOT_REACHED,
        /** Another node leads the partition: only there may it be written to. */
        NOT_LEADER,
        /** Nobody leads the partition at the moment, or it is being decided who may write. */
        NO_LEADER,
        /** Fewer voters agreed in time than have to. */
        NO_MAJORITY,
        /** Nobody is named who could decide. */
        NO_VOTERS,
        /** Somebody can't be a voter, or nobody would be one. */
        NO_SUCH_VOTERS,
        /** Fewer copies than the read asked for have answered in time, or there are fewer than the mode has a write wait for. */
        NO_QUORUM,
        /** The request asked for more copies, or data centers, than the partition has. */
        TOO_MANY_COPIES,
        /** The condition of the write does not hold. */
        PRECONDITION_FAILED,
        /** The write would leave more siblings than the limit. */
        TOO_MANY_SIBLINGS,
        /** Too many requests wait. */
        OVERLOADED,
        /** The mergeable value has more bytes than are read at once. */
        TOO_LARGE
    }
}
