package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.OutcomeUnknownException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredWritesTest {

    private static final String TARGET = "/maps/counters/visits";

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AnsweredWrites answered = new AnsweredWrites(nanos::get);
    private CompletableFuture<HttpResponse> underWay = new CompletableFuture<>();
    private int writes;
    private int unwanted;

    @Test
    void aWriteThatIsSentTwiceTakesEffectOnce() {
        CompletableFuture<HttpResponse> first = send("a", new CompletableFuture<>());
        CompletableFuture<HttpResponse> again = send("a; age=700", new CompletableFuture<>());
        assertThat(writes).isEqualTo(1);
        assertThat(unwanted).as("bodies read off").isEqualTo(1);
        assertThat(again).isNotDone();
        underWay.complete(HttpResponse.create().withStatus(204));
        assertThat(first.join().status().intValue()).isEqualTo(204);
        assertThat(again.join()).isSameAs(first.join());
        assertThat(send("a; age=900", new CompletableFuture<>()).join()).isSameAs(first.join());
        ask("b", new CompletableFuture<>());
        assertThat(writes).isEqualTo(2);
    }

    @Test
    void aRequestWithoutANameIsNotRemembered() {
        HttpRequest request = HttpRequest.PUT(TARGET);
        ask(request, CompletableFuture.completedFuture(HttpResponse.create()));
        ask(request, CompletableFuture.completedFuture(HttpResponse.create()));
        assertThat(writes).isEqualTo(2);
    }

    @Test
    void whatWasRefusedMayBeTriedAgain() {
        RuntimeException refusal = new NotAppliedException(NotAppliedException.Reason.NO_LEADER, "nobody leads");
        assertThat(send("a", CompletableFuture.failedFuture(refusal))).isCompletedExceptionally();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(send("a", CompletableFuture.completedFuture(HttpResponse.create())))
                .isCompleted();
        assertThat(writes).isEqualTo(2);
    }

    @Test
    void anUnknownOutcomeStaysUnknown() {
        RuntimeException unknown = new OutcomeUnknownException("no answer", null);
        assertThat(send("a", CompletableFuture.failedFuture(unknown))).isCompletedExceptionally();
        assertThat(send("a; age=1", new CompletableFuture<>())).isCompletedExceptionally();
        assertThat(writes).isEqualTo(1);
    }

    @Test
    void whatMayHaveBeenSentBeforeThisProcessBeganIsNotDoneAgain() {
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThatThrownBy(() -> send("a; age=2001", new CompletableFuture<>()))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().kind()).isEqualTo(ProblemKind.OUTCOME_UNKNOWN);
                    assertThat(refused.problem().members()).containsKey("outcome");
                });
        assertThat(writes).isZero();
        ask("a; age=1999", new CompletableFuture<>());
        assertThat(writes).as("it can't have been here before").isEqualTo(1);
    }

    @Test
    void whatIsForgottenIsNotDoneAgain() {
        ask("a", CompletableFuture.completedFuture(HttpResponse.create()));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        for (int i = 0; i < AnsweredWrites.MOST; i++) {
            ask("other-" + i, CompletableFuture.completedFuture(HttpResponse.create()));
        }
        assertThatThrownBy(() -> send("a; age=1500", new CompletableFuture<>())).isInstanceOf(ProblemException.class);
        int before = writes;
        ask("other-" + (AnsweredWrites.MOST - 1) + "; age=100", new CompletableFuture<>());
        assertThat(writes).isEqualTo(before);
        nanos.addAndGet(AnsweredWrites.KEPT.plusSeconds(1).toNanos());
        String old = "; age=" + AnsweredWrites.KEPT.plusSeconds(1).toMillis();
        assertThatThrownBy(() -> send("other-7" + old, new CompletableFuture<>()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsRememberedIsBoundedByItsBytesTooHeadersAmongThem() {
        HttpResponse large = HttpResponse.create().addHeader(RawHeader.create("Entente-Session", "s".repeat(4_096)));
        int fit = (int) (AnsweredWrites.MOST_BYTES / 4_096);
        for (int i = 0; i < fit; i++) {
            ask("w" + i, CompletableFuture.completedFuture(large));
        }
        assertThatThrownBy(() -> send("w0; age=1", new CompletableFuture<>())).isInstanceOf(ProblemException.class);
        assertThat(send("w" + (fit - 1) + "; age=1", new CompletableFuture<>())).isCompleted();
    }

    @Test
    void aNameBelongsToOneWrite() {
        ask("a", CompletableFuture.completedFuture(HttpResponse.create()));
        HttpRequest other = HttpRequest.PUT("/maps/counters/other").addHeader(RawHeader.create("Entente-Request", "a"));
        assertThatThrownBy(() -> send(other, new CompletableFuture<>()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().detail())
                                .contains("'a'", "PUT " + TARGET, "a name of its own"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a; age=", "a; age=-1", "a; age=1s", "a;age", "ä"})
    void aMalformedNameIsRefused(String name) {
        assertThatThrownBy(() -> send(name, new CompletableFuture<>()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.MALFORMED_HEADER));
    }

    private void ask(String name, CompletableFuture<HttpResponse> answer) {
        var unused = send(name, answer);
    }

    private void ask(HttpRequest request, CompletableFuture<HttpResponse> answer) {
        var unused = send(request, answer);
    }

    private CompletableFuture<HttpResponse> send(String name, CompletableFuture<HttpResponse> answer) {
        return send(HttpRequest.PUT(TARGET).addHeader(RawHeader.create("Entente-Request", name)), answer);
    }

    private CompletableFuture<HttpResponse> send(HttpRequest request, CompletableFuture<HttpResponse> answer) {
        Exchange exchange = new Exchange(request, RequestTarget.of(request));
        return answered.once(
                        exchange,
                        () -> {
                            writes++;
                            underWay = answer;
                            return answer;
                        },
                        () -> {
                            unwanted++;
                            return CompletableFuture.completedFuture("read off");
                        })
                .toCompletableFuture();
    }
}
