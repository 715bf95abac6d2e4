package io.entente.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.OutcomeUnknownException;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where calls go when nodes answer as they are told to here. */
class DeliveryTest {

    private static final String LOST = "lost";
    private static final String DOT = "eu/eu-1/01a1fee51578564de738832f5e91#1";
    private static final WriteOptions SHORT = WriteOptions.async().timeout(Duration.ofMillis(1));

    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(node -> node.server.stop(0));
    }

    @Test
    void whatIsRefusedForTheMomentGoesToTheNextNode() throws IOException {
        Node first = node("not-ready");
        Node second = node("204");
        assertThat(map().put("k", "v", SHORT).toCompletableFuture().join().dot())
                .hasToString(DOT);
        assertThat(first.names).hasSize(1).isEqualTo(second.names);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsSentToTheSameNodeUnderTheSameName() throws IOException {
        Node first = node(LOST, "204");
        Node second = node("204");
        assertThat(map().put("k", "v", SHORT).toCompletableFuture().join().dot())
                .hasToString(DOT);
        assertThat(second.names).isEmpty();
        assertThat(first.names).hasSize(2);
        assertThat(first.names.get(1)).matches(first.names.get(0) + "; age=[1-9][0-9]*");
    }

    @Test
    void aWriteThatMayHaveBeenAppliedIsNotTakenElsewhereWhateverTheNodeSaysThen() throws IOException {
        for (String then : List.of("overloaded", "not-ready", "no-answer", "outcome-unknown", "307", LOST)) {
            Node first = node(LOST, then, then);
            Node second = node("204");
            assertThat(failure(map(first, second).put("k", "v", SHORT)))
                    .as(then)
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(second.names).as(then).isEmpty();
        }
    }

    @Test
    void aReadWithoutAnAnswerGoesToTheNextNode() throws IOException {
        node(LOST);
        Node second = node("200");
        ReadOptions options = ReadOptions.local().timeout(Duration.ofMillis(1));
        assertThat(map().get("k", options).toCompletableFuture().join().asOptional())
                .contains("value");
        assertThat(second.names).hasSize(1);
    }

    @Test
    void aRefusalThatDoesNotPassIsTheAnswer() throws IOException {
        Node first = node("precondition-failed");
        Node second = node("204");
        assertThat(failure(map(first, second).put("k", "v", SHORT)))
                .isInstanceOfSatisfying(
                        NotAppliedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.PRECONDITION_FAILED));
        assertThat(second.names).isEmpty();
    }

    @Test
    void whoeverIsNoNodeIsFoundOut() throws IOException {
        node("garbled");
        assertThat(failure(map().put("k", "v", SHORT)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("look whether it is a node of Entente");
    }

    private static Throwable failure(CompletionStage<?> stage) {
        Throwable failure =
                stage.handle((done, failed) -> failed).toCompletableFuture().join();
        return failure.getCause() == null || failure instanceof OutcomeUnknownException ? failure : failure.getCause();
    }

    private ReplicatedMap<String> map() {
        return map(nodes.toArray(Node[]::new));
    }

    private static ReplicatedMap<String> map(Node... nodes) {
        return EntenteClient.of(Arrays.stream(nodes)
                        .map(node -> Site.of("here", node.url()))
                        .toList())
                .map("m", Codec.utf8());
    }

    private Node node(String... answers) throws IOException {
        Node node = new Node(answers);
        nodes.add(node);
        return node;
    }

    /** Gives its answers in turn, the last one again and again: a status, a problem's code, or none at all. */
    private static final class Node {

        private final List<String> answers;
        private final HttpServer server;
        private final List<String> names = new CopyOnWriteArrayList<>();

        private Node(String... answers) throws IOException {
            this.answers = new CopyOnWriteArrayList<>(answers);
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        private String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            names.add(String.valueOf(exchange.getRequestHeaders().getFirst("Entente-Request")));
            exchange.getRequestBody().readAllBytes();
            String answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
            if (answer.equals(LOST)) {
                exchange.close();
                return;
            }
            boolean isStatus = answer.matches("[0-9]+");
            boolean isGarbled = answer.equals("garbled");
            if (isStatus) {
                exchange.getResponseHeaders().add("Entente-Dot", DOT);
                exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
            }
            String body = isStatus || isGarbled ? "value" : "{\"code\":\"" + answer + "\",\"detail\":\"As told.\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            int status = isStatus ? Integer.parseInt(answer) : isGarbled ? 200 : status(answer);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
            if (status != 204) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        }

        private static int status(String code) {
            return switch (code) {
                case "overloaded" -> 429;
                case "precondition-failed" -> 412;
                default -> 503;
            };
        }
    }
}
