package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that come in pieces, too slowly, or without end. */
class RequestBodyTest {

    private static final int LIMIT_BYTES = 10;

    private static ActorTestKit kit;
    private static RequestBody bodies;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("bodies", ConfigFactory.parseString("akka.actor.provider = local"));
        bodies = new RequestBody(kit.system(), Duration.ofMillis(50), new Intake());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aBodyInPiecesIsPutTogether() {
        byte[] body = bodies.read(
                        put(Source.from(List.of(bytes("abc"), bytes("defg"), bytes("hij")))), LIMIT_BYTES, "send less")
                .toCompletableFuture()
                .join();
        assertThat(body).asString().isEqualTo("abcdefghij");
    }

    @Test
    void anEndlessBodyIsReadNoFurtherThanItsLimit() {
        AtomicInteger pieces = new AtomicInteger();
        Source<ByteString, ?> endless = Source.repeat(bytes("abc")).map(piece -> {
            pieces.incrementAndGet();
            return piece;
        });
        Problem problem = problemOf(put(endless));
        assertThat(problem.kind()).isEqualTo(ProblemKind.TOO_LARGE);
        assertThat(problem.detail()).contains("10 bytes").endsWith("send less.");
        assertThat(pieces).hasValueLessThan(100);
    }

    @Test
    void aBodyThatDoesNotArriveIsNotWaitedForWithoutEnd() {
        assertThat(problemOf(put(Source.maybe())).kind()).isEqualTo(ProblemKind.BODY_TIMEOUT);
    }

    @Test
    void anUnwantedBodyIsReadOffUpToABound() {
        bodies.drain(put(Source.single(bytes("abc")))).toCompletableFuture().join();
        bodies.drain(put(Source.repeat(bytes("abc")))).toCompletableFuture().join();
        bodies.drain(put(Source.failed(new IllegalStateException("cut"))))
                .toCompletableFuture()
                .join();
    }

    private static Problem problemOf(HttpRequest request) {
        Throwable failure = catchThrowable(() -> bodies.read(request, LIMIT_BYTES, "send less")
                .toCompletableFuture()
                .join());
        assertThat(failure).hasCauseInstanceOf(ProblemException.class);
        return Objects.requireNonNull((ProblemException) failure.getCause()).problem();
    }

    private static HttpRequest put(Source<ByteString, ?> body) {
        return HttpRequest.PUT("/maps/m/k")
                .withEntity(HttpEntities.createChunked(ContentTypes.APPLICATION_OCTET_STREAM, body));
    }

    private static ByteString bytes(String text) {
        return ByteString.fromString(text);
    }
}
