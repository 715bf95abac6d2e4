package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.routing.Router;
import io.entente.core.effect.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten times as many requests as a node takes, over as many real connections. */
@Timeout(180)
class OverloadTest {

    private static final int TAKEN = 60;
    private static final int ASKED = 10 * TAKEN;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpNode node = new HttpNode();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnceAndTheRestAnsweredWhenTheDiskComesBack() {
        Held replica = new Held(node.replica);
        HttpServer server = node.bind(replica, new Intake(TAKEN, 1 << 20));
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < ASKED; i++) {
            asked.add(client.sendAsync(put(server, i), BodyHandlers.ofString()));
        }

        await().atMost(PATIENCE)
                .until(() -> asked.stream().filter(CompletableFuture::isDone).count() == ASKED - TAKEN);
        assertThat(replica.waiting).as("those taken wait for the disk").hasValue(TAKEN);
        asked.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .forEach(OverloadTest::isRefused);
        node.send(server, "GET", "/health/live", BodyPublishers.noBody()).hasStatus(200);

        replica.release();
        List<Integer> statuses =
                asked.stream().map(each -> each.join().statusCode()).toList();
        assertThat(statuses).filteredOn(status -> status == 204).hasSize(TAKEN);
        assertThat(replica.most).as("never more than are taken").hasValue(TAKEN);
        for (int i = 0; i < ASKED; i++) {
            node.send(server, "GET", "/maps/m/k" + i, BodyPublishers.noBody())
                    .hasStatus(statuses.get(i) == 204 ? 200 : 404);
        }
        server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    @Test
    void bodiesThatDoNotArriveKeepNobodyFromAskingForLittle() throws Exception {
        HttpServer server = node.bind(node.replica, new Intake(TAKEN, 4 << 10));
        try (RawConnection slow = new RawConnection(server.address())) {
            slow.send("PUT /maps/m/slow HTTP/1.1\r\nHost: h\r\nContent-Length: 4000\r\n\r\n{"
                    .getBytes(StandardCharsets.ISO_8859_1));
            await().atMost(PATIENCE)
                    .until(() -> RawConnection.exchange(
                                    server.address(),
                                    "PUT /maps/m/more HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n")
                            .startsWith("HTTP/1.1 429 "));
            node.send(server, "PUT", "/maps/m/little", BodyPublishers.ofString("1"))
                    .hasStatus(204);
            node.send(server, "GET", "/maps/m/little", BodyPublishers.noBody()).hasStatus(200);
        }
        server.terminate(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    private static HttpRequest put(HttpServer server, int number) {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/maps/m/k" + number + "?timeout=60s");
        return HttpRequest.newBuilder(uri)
                .PUT(BodyPublishers.ofString("{\"number\":" + number + "}"))
                .build();
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"overloaded\"", "\"not-applied\"");
    }

    /** A replica whose writes wait until they are released; it counts those that do. */
    private static final class Held implements Router {

        private final Router replica;
        private final CompletableFuture<Void> gate = new CompletableFuture<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        private Held(Router replica) {
            this.replica = replica;
        }

        void release() {
            gate.complete(null);
        }

        @Override
        public int partitions() {
            return replica.partitions();
        }

        @Override
        public int partitionOf(String key) {
            return replica.partitionOf(key);
        }

        @Override
        public CompletionStage<Reply> write(Write request) {
            most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            return gate.thenCompose(released -> {
                waiting.decrementAndGet();
                return replica.write(request);
            });
        }

        @Override
        public CompletionStage<Reply> read(Read request) {
            return replica.read(request);
        }

        @Override
        public CompletionStage<Reply> parts(PartsRead request) {
            return replica.parts(request);
        }

        @Override
        public CompletionStage<Listing> list(ListRequest request) {
            return replica.list(request);
        }
    }
}
