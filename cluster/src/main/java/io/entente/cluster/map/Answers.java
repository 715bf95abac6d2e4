package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** From a replica's reply, or the lack of one, to what an application gets. */
final class Answers {

    private Answers() {}

    /** What a write in this partition came to, or an {@link EntenteException}. */
    static Written written(int partition, Reply reply) {
        if (reply instanceof Reply.Written written) {
            return written(partition, written);
        }
        if (reply instanceof Reply.ConcernTimedOut late) {
            throw new WriteConcernTimeoutException(
                    written(partition, late.written()), late.acknowledgedBy(), late.over());
        }
        throw refusal(reply);
    }

    /** What a read found, or an {@link EntenteException}. */
    static Reply.Found found(Reply reply) {
        if (reply instanceof Reply.Found found) {
            return found;
        }
        throw refusal(reply);
    }

    /** What a read of parts found, or an {@link EntenteException}. */
    static Reply.FoundParts foundParts(Reply reply) {
        if (reply instanceof Reply.FoundParts found) {
            return found;
        }
        throw refusal(reply);
    }

    /** What became of a request that failed. */
    static RuntimeException failure(Throwable failure, boolean isWrite) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RequestFailedException unanswered) {
            return isWrite && unanswered.outcome() != Outcome.NOT_APPLIED
                    ? new OutcomeUnknownException(messageOf(unanswered), unanswered)
                    : new NotAppliedException(reasonOf(unanswered.kind()), messageOf(unanswered), unanswered);
        }
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new OutcomeUnknownException("the request failed in an unforeseen way: " + cause, cause);
    }

    private static Written written(int partition, Reply.Written written) {
        return new Written(written.dot(), written.context(), SessionToken.of(partition, written.applied()));
    }

    private static RuntimeException refusal(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            return new NotAppliedException(reasonOf(refused.reason()), refused.detail());
        }
        return new IllegalStateException("a replica gave an answer to another question: " + reply);
    }

    private static Reason reasonOf(Refusal refusal) {
        return switch (refusal) {
            case NOT_ADMITTED -> Reason.NOT_READY;
            case NOT_REACHED -> Reason.NOT_REACHED;
            case PRECONDITION_FAILED -> Reason.PRECONDITION_FAILED;
            case TOO_MANY_SIBLINGS -> Reason.TOO_MANY_SIBLINGS;
            case OVERLOADED -> Reason.OVERLOADED;
            case TOO_LARGE -> Reason.VALUE_TOO_LARGE;
            case NO_QUORUM, NO_MAJORITY -> Reason.NO_QUORUM;
            case NOT_LEADER, NO_LEADER -> Reason.NO_LEADER;
            case TOO_MANY_COPIES, NO_VOTERS, NO_SUCH_VOTERS -> Reason.INVALID_ARGUMENT;
        };
    }

    private static Reason reasonOf(RequestFailedException.Cause cause) {
        return switch (cause) {
            case OVERLOADED -> Reason.OVERLOADED;
            case NOT_RUNNING, UNREACHABLE -> Reason.NOT_READY;
            case STORE_FAILED -> Reason.STORE_FAILED;
            case CLOCK_OFF -> Reason.CLOCK_OFF;
            case DISK_FULL -> Reason.DISK_FULL;
            case HOME_UNREACHABLE -> Reason.HOME_UNREACHABLE;
        };
    }

    private static String messageOf(@Nullable Throwable failure) {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }
}
