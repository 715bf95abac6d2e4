package io.entente.samples.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A node as its clients see it. Thread-safe. */
final class HttpNode {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI root;

    HttpNode(int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    /** Writes a JSON string; whether the node has acknowledged it. An answer that doesn't come leaves that open. */
    boolean put(String map, String key, String value) {
        return put(map, key, value, "async");
    }

    /** The same with a write concern. */
    boolean put(String map, String key, String value, String concern) {
        String path = "/maps/" + map + "/" + URLEncoder.encode(key, UTF_8) + "?write=" + concern;
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("\"" + value + "\""))
                .build();
        try {
            return send(request).statusCode() == 204;
        } catch (IOException away) {
            return false;
        }
    }

    /** Writes likewise; the code of the refusal, or nothing when the write is acknowledged or no answer comes. */
    String refusal(String map, String key) {
        HttpRequest request = HttpRequest.newBuilder(uri("/maps/" + map + "/" + key))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("true"))
                .build();
        try {
            HttpResponse<String> answer = send(request);
            return answer.statusCode() == 204
                    ? ""
                    : MAPPER.readTree(answer.body()).path("code").asText();
        } catch (IOException away) {
            return "";
        }
    }

    /** Deletes a key; whether the node has acknowledged it. */
    boolean delete(String map, String key) {
        String path = "/maps/" + map + "/" + URLEncoder.encode(key, UTF_8);
        try {
            return send(HttpRequest.newBuilder(uri(path))
                                    .timeout(TIMEOUT)
                                    .DELETE()
                                    .build())
                            .statusCode()
                    == 204;
        } catch (IOException away) {
            return false;
        }
    }

    /** What the node says of its health at a path, and whether it is well. */
    Health health(String path) {
        try {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/health/" + path))
                    .timeout(TIMEOUT)
                    .build());
            return new Health(answer.statusCode() == 200, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks an operator's request. */
    HttpResponse<String> post(String path, String body) {
        try {
            return send(HttpRequest.newBuilder(uri(path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A node's health.
     *
     * @param well whether all is as it should be
     * @param said in the node's words
     */
    record Health(boolean well, String said) {}

    /** All keys of a map with what they read as. */
    Map<String, String> entries(String map) {
        Map<String, String> entries = new TreeMap<>();
        String after = "";
        boolean more = true;
        while (more) {
            String query = after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, UTF_8);
            JsonNode page = get("/maps/" + map + "?limit=1000" + query);
            page.get("entries")
                    .forEach(entry -> entries.put(
                            entry.get("key").textValue(), entry.get("value").textValue()));
            more = page.hasNonNull("next");
            after = page.path("next").asText();
        }
        return entries;
    }

    /** The version vector of each partition: by partition and origin, the highest sequence applied. */
    Map<String, Long> vectors() {
        Map<String, Long> vectors = new TreeMap<>();
        get("/cluster")
                .get("vectors")
                .properties()
                .forEach(partition -> partition
                        .getValue()
                        .properties()
                        .forEach(origin -> vectors.put(
                                partition.getKey() + ":" + origin.getKey(),
                                origin.getValue().longValue())));
        return vectors;
    }

    /** How many partitions each node leads, as this one sees it; nodes that it doesn't hear lead none. */
    Map<String, Integer> led() {
        Map<String, Integer> led = new TreeMap<>();
        get("/cluster")
                .get("dataCenters")
                .forEach(dataCenter -> dataCenter
                        .get("nodes")
                        .forEach(node -> led.put(
                                node.get("name").textValue(), node.get("leads").size())));
        return led;
    }

    /** From which nodes snapshots are being fetched of which some rows are here. */
    List<String> fetchesFrom() {
        List<String> sources = new ArrayList<>();
        get("/cluster").get("joining").forEach(joining -> {
            if (joining.get("state").textValue().equals("fetching")
                    && joining.get("bytes").longValue() > 0) {
                sources.add(joining.get("from").textValue());
            }
        });
        return sources;
    }

    /** Who leads all partitions, by the epoch that this node knows to be in force; a list of several, or none, while they change. */
    Set<String> leaders() {
        Set<String> leaders = new TreeSet<>();
        get("/cluster").get("epochs").forEach(epoch -> {
            boolean isDecided = !epoch.get("deciding").booleanValue();
            leaders.add(isDecided ? epoch.path("leader").asText("") : "");
        });
        return leaders;
    }

    /** The mode that this node knows to be in force. */
    String mode() {
        return get("/cluster").get("mode").textValue();
    }

    /** Has an operator's request done, which may take its time. */
    void operate(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri(path + "?timeout=30s"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = send(request);
            assertThat(answer.statusCode()).as(answer::body).isEqualTo(204);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts or mends a link in one direction, as far as this node is concerned. */
    void link(String from, String to, String state) {
        String body = "{\"from\": \"" + from + "\", \"to\": \"" + to + "\", \"state\": \"" + state + "\"}";
        HttpRequest request = HttpRequest.newBuilder(uri("/admin/links"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = send(request);
            assertThat(answer.statusCode()).as(answer::body).isBetween(200, 299);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a path answers with. */
    JsonNode json(String path) {
        return get(path);
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT).build());
            assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI uri(String path) {
        return root.resolve(path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
