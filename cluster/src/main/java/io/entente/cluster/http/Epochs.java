package io.entente.cluster.http;

import akka.Done;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.TextNode;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What requests for another leader and for another mode have in common. */
final class Epochs {

    private static final int RETRY_AFTER_SECONDS = 1;

    private Epochs() {}

    /** How long the voters may take, and the node until it answers. */
    static Duration timeout(Exchange exchange) {
        Duration timeout = exchange.query(List.of(QueryParameters.TIMEOUT)).timeout();
        exchange.answerWithin(
                timeout,
                Problem.of(
                                ProblemKind.NO_ANSWER,
                                "The node did not say in time what the voters decided: look at /cluster, and ask again"
                                        + " with a longer timeout= where it is not as asked for")
                        .with("outcome", TextNode.valueOf("unknown"))
                        .retryAfter(RETRY_AFTER_SECONDS));
        return timeout;
    }

    /** {@code 204} when it is done, or a problem that says why not. */
    static CompletionStage<HttpResponse> answer(Supplier<CompletionStage<Done>> ask) {
        try {
            return ask.get().handle((done, failure) -> {
                if (failure == null) {
                    return HttpResponse.create().withStatus(204);
                }
                throw problem(failure);
            });
        } catch (IllegalArgumentException unfit) {
            throw AdminBody.problem(String.valueOf(unfit.getMessage()));
        } catch (IllegalStateException early) {
            throw notNow(ProblemKind.NO_LEADER, String.valueOf(early.getMessage()), "not-applied");
        }
    }

    private static RuntimeException problem(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (!(cause instanceof RequestFailedException refused)) {
            return new CompletionException(cause);
        }
        String why = String.valueOf(refused.getMessage());
        return refused.outcome() == Outcome.NOT_APPLIED
                ? notNow(ProblemKind.NO_QUORUM, why, "not-applied")
                : notNow(ProblemKind.PARTLY_DONE, why, "unknown");
    }

    private static ProblemException notNow(ProblemKind kind, String why, String outcome) {
        return Problem.of(kind, why)
                .with("outcome", TextNode.valueOf(outcome))
                .retryAfter(RETRY_AFTER_SECONDS)
                .asException();
    }
}
