package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A stream of server-sent events as it comes in. */
public final class ServerSentEvents implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;
    private final Thread thread;
    private volatile boolean begun;
    private String name = "";
    private volatile String id = "";

    /** One event: its name, its identifier, its data. */
    public record Event(String name, String id, JsonNode data) {

        /** The key of a change. */
        public String key() {
            return data.path("key").asText();
        }
    }

    private ServerSentEvents(Stream<String> lines) {
        this.lines = lines;
        this.thread = new Thread(this::read, "events");
        thread.setDaemon(true);
        thread.start();
    }

    /** Follows from the time of return on. */
    public static ServerSentEvents follow(
            HttpClient client, InetSocketAddress address, String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address.getPort() + target))
                .header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<Stream<String>> response = client.send(request.build(), BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            ServerSentEvents events = new ServerSentEvents(response.body());
            Awaitility.await().atMost(PATIENCE).until(() -> events.begun);
            return events;
        } catch (IOException e) {
            throw new AssertionError(target + " can't be followed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try {
            lines.forEach(this::take);
        } catch (RuntimeException cutOff) {
            // As a client sees a connection whose other end goes.
        }
    }

    private void take(String line) {
        begun = true;
        if (line.startsWith("event: ")) {
            name = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
            id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
            events.add(new Event(name, id, json(line.substring("data: ".length()))));
        }
    }

    private static JsonNode json(String data) {
        try {
            return Json.tree(data.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(data, e);
        }
    }

    /** All so far, once there are so many. */
    public List<Event> await(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> events.size() >= count);
        return events;
    }

    /** The last identifier so far, once there is one, of an event or without one. */
    public String awaitPosition() {
        Awaitility.await().atMost(PATIENCE).until(() -> !id.isEmpty());
        return id;
    }

    /** Returns when the other end has ended it. */
    public void awaitEnd() throws InterruptedException {
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    @Override
    public void close() {
        lines.close();
    }
}
