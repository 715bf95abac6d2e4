package io.entente.cluster.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.OutcomeUnknownException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever went wrong, as a problem. Only what nobody foresaw is logged, under a number that the problem names. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String OUTCOME = "outcome";
    private static final int RETRY_AFTER_SECONDS = 1;

    private Failures() {}

    /** The answer to a request that failed. */
    static HttpResponse answer(Throwable failure) {
        return problem(failure).toResponse();
    }

    /** What went wrong, without the wrapper that a stage puts around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return problem(failure.getCause());
        }
        if (failure instanceof ProblemException refused) {
            return refused.problem();
        }
        if (failure instanceof NotAppliedException refused) {
            return notApplied(refused.reason(), refused.getMessage());
        }
        if (failure instanceof OutcomeUnknownException unknown) {
            return outcomeUnknown(unknown);
        }
        String number = number(failure);
        return Problem.of(
                        ProblemKind.INTERNAL_ERROR,
                        "The node failed to handle this request: read before you write again. The node's log has the cause under "
                                + number)
                .with(OUTCOME, TextNode.valueOf("unknown"));
    }

    private static Problem notApplied(Reason reason, @Nullable String message) {
        ProblemKind kind = kindOf(reason);
        Problem problem = Problem.of(kind, message == null ? kind.title() : message)
                .with(OUTCOME, TextNode.valueOf("not-applied"));
        return kind.status() == 429 || kind.status() == 503 ? problem.retryAfter(RETRY_AFTER_SECONDS) : problem;
    }

    private static ProblemKind kindOf(Reason reason) {
        return switch (reason) {
            case INVALID_ARGUMENT -> ProblemKind.INVALID_ARGUMENT;
            case NOT_PERMITTED -> ProblemKind.FORBIDDEN;
            case VALUE_TOO_LARGE -> ProblemKind.TOO_LARGE;
            case PRECONDITION_FAILED, OUTRUN -> ProblemKind.PRECONDITION_FAILED;
            case NOT_REACHED -> ProblemKind.NOT_REACHED;
            case NO_QUORUM -> ProblemKind.NO_QUORUM;
            case NO_LEADER -> ProblemKind.NO_LEADER;
            case NOT_REMEMBERED -> ProblemKind.GONE;
            case UNRESOLVED, UNREADABLE -> ProblemKind.UNRESOLVED;
            case TOO_MANY_SIBLINGS -> ProblemKind.TOO_MANY_SIBLINGS;
            case NOT_READY -> ProblemKind.NOT_READY;
            case OVERLOADED -> ProblemKind.OVERLOADED;
            case STORE_FAILED -> ProblemKind.STORE_FAILED;
            case CLOCK_OFF -> ProblemKind.CLOCK_OFF;
            case DISK_FULL -> ProblemKind.DISK_FULL;
            case HOME_UNREACHABLE -> ProblemKind.HOME_UNREACHABLE;
        };
    }

    private static Problem outcomeUnknown(OutcomeUnknownException unknown) {
        String message = unknown.getMessage();
        return Problem.of(
                        ProblemKind.OUTCOME_UNKNOWN,
                        message == null
                                ? "It is unknown whether the write was applied: read before you write again"
                                : message)
                .with(OUTCOME, TextNode.valueOf("unknown"))
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    private static String number(Throwable failure) {
        String number = UUID.randomUUID().toString();
        LOG.error("A request failed unexpectedly; its client was told the number {}.", number, failure);
        return number;
    }
}
