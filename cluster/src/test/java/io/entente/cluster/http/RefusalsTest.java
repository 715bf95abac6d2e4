package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.routing.Router;
import io.entente.cluster.routing.SingleReplicaRouter;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.replica.Start.Standing;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node answers when its replica, its store or itself can't do what is asked. */
class RefusalsTest {

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aNodeThatMayNotOriginateYetSaysSo() {
        try (SingleReplicaRouter outsider = new SingleReplicaRouter(Standing.NEW, Set.of("eu-1", "us-1"))) {
            Answer refused = writeTo(outsider).isProblem(503, "not-ready");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void anOverloadedReplicaAsksToTryAgain() {
        Answer refused = writeTo(answering(() -> CompletableFuture.completedFuture(
                        new Refused(Refusal.OVERLOADED, "10 requests wait already: try again in a moment"))))
                .isProblem(429, "overloaded");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.detail()).isEqualTo("10 requests wait already: try again in a moment.");
    }

    @Test
    void aRequestThatGotNoAnswerSaysWhetherItsWriteMayExist() {
        Answer overloaded = writeTo(failing(Outcome.NOT_APPLIED, RequestFailedException.Cause.OVERLOADED))
                .isProblem(429, "overloaded");
        assertThat(overloaded.json().path("outcome").textValue()).isEqualTo("not-applied");
        Answer stopping = writeTo(failing(Outcome.UNKNOWN, RequestFailedException.Cause.NOT_RUNNING))
                .isProblem(503, "outcome-unknown");
        assertThat(stopping.json().path("outcome").textValue()).isEqualTo("unknown");
        assertThat(stopping.header("Retry-After")).isEqualTo("1");
        Answer failed = writeTo(failing(Outcome.NOT_APPLIED, RequestFailedException.Cause.STORE_FAILED))
                .isProblem(503, "store-failed");
        assertThat(failed.detail()).contains("STORE_FAILED");
        Answer clock = writeTo(failing(Outcome.NOT_APPLIED, RequestFailedException.Cause.CLOCK_OFF))
                .isProblem(503, "clock-off");
        assertThat(clock.json().path("outcome").textValue()).isEqualTo("not-applied");
        assertThat(clock.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void whatNobodyForesawIsTheNodesFaultAndShowsNoInsides() {
        Answer failed = writeTo(answering(() -> {
                    throw new IllegalStateException("secret insides");
                }))
                .isProblem(500, "internal-error");
        assertThat(failed.text()).doesNotContain("secret", "Exception", "at io.entente");
    }

    @Test
    void aReplicaThatNeverAnswersIsNotWaitedForWithoutEnd() {
        Answer late = writeTo(answering(CompletableFuture::new), "?timeout=1ms").isProblem(503, "no-answer");
        assertThat(late.json().path("outcome").textValue()).isEqualTo("unknown");
        assertThat(late.header("Retry-After")).isEqualTo("1");
        assertThat(late.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private static Answer writeTo(Router router) {
        return writeTo(router, "");
    }

    private static Answer writeTo(Router router, String query) {
        HttpServer server = node.bind(router);
        try {
            return node.send(server, "PUT", "/maps/m/k" + query, BodyPublishers.ofString("1"));
        } finally {
            server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
        }
    }

    private static Router failing(Outcome outcome, RequestFailedException.Cause cause) {
        return answering(() -> CompletableFuture.failedFuture(
                new RequestFailedException(outcome, cause, "the node can't, for " + cause + ": try another")));
    }

    private static Router answering(Supplier<CompletionStage<Reply>> answer) {
        return new Router() {
            @Override
            public int partitions() {
                return 1;
            }

            @Override
            public int partitionOf(String key) {
                return 0;
            }

            @Override
            public CompletionStage<Reply> write(Write request) {
                return answer.get();
            }

            @Override
            public CompletionStage<Reply> read(Read request) {
                return answer.get();
            }

            @Override
            public CompletionStage<Reply> parts(PartsRead request) {
                return answer.get();
            }

            @Override
            public CompletionStage<Listing> list(ListRequest request) {
                return new CompletableFuture<>();
            }
        };
    }
}
