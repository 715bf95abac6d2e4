package io.entente.samples.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.entente.core.record.RecordKey;
import io.entente.samples.node.Called.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests for single keys at one node, each sent once, and what may be concluded from the answers. Thread-safe. */
final class KeyClient {

    /** A request's own time at the node; who doesn't answer for half a second longer stands still, or is gone. */
    private static final String TIME = "1s";

    private static final Duration TIMEOUT = Duration.ofMillis(1_500);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI root;

    KeyClient(int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * What a request rests on.
     *
     * @param session what its client has seen of the partition
     * @param context what a write replaces, and nothing else
     */
    record Seen(Optional<String> session, Optional<String> context) {

        static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty());
    }

    /** Writes a string. */
    Called write(RecordKey key, String value, String concern, Seen seen) {
        HttpRequest request = request(key, "write=" + concern, seen)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("\"" + value + "\""))
                .build();
        try {
            HttpResponse<String> answer = send(request);
            return answer.statusCode() == 204
                    ? answered(answer, List.of(value))
                    : Called.without(isNotApplied(answer.body()) ? Outcome.REFUSED : Outcome.UNKNOWN);
        } catch (ConnectException | HttpConnectTimeoutException neverSent) {
            return Called.without(Outcome.REFUSED);
        } catch (IOException unanswered) {
            return Called.without(Outcome.UNKNOWN);
        }
    }

    /** Reads what a key reads as. */
    Called read(RecordKey key, String concern) {
        return read(key, "read=" + concern, Seen.NOTHING);
    }

    /** Reads all versions of a key. */
    Called versions(RecordKey key, String concern, Optional<String> session) {
        return read(key, "siblings=true&read=" + concern, new Seen(session, Optional.empty()));
    }

    private Called read(RecordKey key, String query, Seen seen) {
        try {
            HttpResponse<String> answer = send(request(key, query, seen).build());
            return switch (answer.statusCode()) {
                case 200 -> answered(answer, values(answer.body()));
                case 404 -> answered(answer, List.of());
                default -> Called.without(Outcome.REFUSED);
            };
        } catch (IOException unanswered) {
            return Called.without(Outcome.UNKNOWN);
        }
    }

    private static Called answered(HttpResponse<String> answer, List<String> values) {
        return new Called(
                Outcome.DONE,
                values,
                answer.headers().firstValue("Entente-Context"),
                answer.headers().firstValue("Entente-Session"));
    }

    private static List<String> values(String body) throws JsonProcessingException {
        JsonNode found = MAPPER.readTree(body);
        if (found.isTextual()) {
            return List.of(found.textValue());
        }
        List<String> values = new ArrayList<>();
        found.get("siblings").forEach(version -> values.add(version.get("value").textValue()));
        return values;
    }

    private static boolean isNotApplied(String problem) throws JsonProcessingException {
        return MAPPER.readTree(problem).path("outcome").asText().equals("not-applied");
    }

    private HttpRequest.Builder request(RecordKey key, String query, Seen seen) {
        String path = "/maps/" + key.map() + "/" + URLEncoder.encode(key.key(), UTF_8) + "?timeout=" + TIME + "&";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(path + query)).timeout(TIMEOUT);
        seen.session.ifPresent(token -> request.header("Entente-Session", token));
        seen.context.ifPresent(token -> request.header("Entente-Context", token));
        return request;
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
