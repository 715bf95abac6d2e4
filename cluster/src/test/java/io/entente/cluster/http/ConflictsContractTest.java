package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.Entente;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.store.Durability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /conflicts} of a real node: listed, tried otherwise, overruled, followed, over a restart too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConflictsContractTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVENTS = "text/event-stream";

    @TempDir
    static Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Entente node;

    @BeforeAll
    void start() {
        node = started();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void aConflictIsListedWithAllThatExplainsIt() {
        concurrently("shown", "a", "1", "2");
        JsonNode page = get("/conflicts?map=shown").hasStatus(200).json();
        assertThat(page.path("next").isNull()).isTrue();
        assertThat(page.path("position").textValue()).isNotEmpty();
        assertThat(page.path("conflicts")).hasSize(1);
        JsonNode conflict = page.path("conflicts").path(0);
        assertThat(conflict.path("id").textValue()).matches("[0-9a-f]{32}");
        assertThat(conflict.path("map").textValue()).isEqualTo("shown");
        assertThat(conflict.path("key").textValue()).isEqualTo("a");
        assertThat(conflict.path("siblings").findValuesAsText("value")).containsExactly("1", "2");
        assertThat(conflict.path("siblings").path(0).path("dataCenter").textValue())
                .isEqualTo("eu");
        assertThat(conflict.path("ancestor").isNull()).isTrue();
        assertThat(conflict.path("extends").isNull()).isTrue();
        assertThat(conflict.path("resolver").textValue()).isEqualTo("last-writer-wins");
        assertThat(conflict.path("resolverVersion").intValue()).isEqualTo(1);
        assertThat(conflict.path("outcome").path("kind").textValue()).isEqualTo("value");
        assertThat(conflict.path("outcome").path("value").intValue()).isEqualTo(2);
        assertThat(conflict.path("open").booleanValue()).isTrue();
        assertThat(conflict.path("node").textValue()).isEqualTo("eu-1");
        assertThat(conflict.has("at")).isTrue();
        assertThat(conflict.has("unresolved")).isFalse();
    }

    @Test
    void aConflictThatGrewNamesTheOneItExtends() {
        String seen = context("grown", "a");
        put("grown", "a", "1", seen);
        put("grown", "a", "2", seen);
        put("grown", "a", "3", seen);
        JsonNode conflicts = get("/conflicts?map=grown&key=a").json().path("conflicts");
        assertThat(conflicts).hasSize(2);
        assertThat(conflicts.path(1).path("extends"))
                .isEqualTo(conflicts.path(0).path("id"));
        assertThat(conflicts.path(0).path("open").booleanValue()).isFalse();
        assertThat(conflicts.path(1).path("siblings")).hasSize(3);
    }

    @Test
    void anOutcomeIsOverruledByAWriteWithTheConflictsContext() {
        concurrently("overruled", "a", "1", "2");
        JsonNode conflict =
                get("/conflicts?map=overruled").json().path("conflicts").path(0);
        put("overruled", "a", "1", conflict.path("context").textValue());
        Answer got = get("/maps/overruled/a").hasStatus(200);
        assertThat(got.text()).isEqualTo("1");
        assertThat(got.header("Entente-Siblings")).isEqualTo("1");
        assertThat(get("/conflicts?map=overruled&open=true").json().path("conflicts"))
                .isEmpty();
        assertThat(get("/conflicts?map=overruled").json().path("conflicts")).hasSize(1);
    }

    @Test
    void anotherResolverIsTriedAndNothingIsWritten() {
        concurrently("tried", "a", "1", "2");
        JsonNode whatIf = get("/conflicts?map=tried&resolver=first-writer-wins")
                .json()
                .path("conflicts")
                .path(0)
                .path("whatIf");
        assertThat(whatIf.path("resolver").textValue()).isEqualTo("first-writer-wins");
        assertThat(whatIf.path("outcome").path("value").intValue()).isEqualTo(1);
        assertThat(get("/conflicts?map=tried&resolver=keep-all")
                        .json()
                        .at("/conflicts/0/whatIf/outcome/kind")
                        .textValue())
                .isEqualTo("siblings");
        assertThat(get("/maps/tried/a").text()).isEqualTo("2");
        assertThat(get("/maps/tried/a").header("Entente-Siblings")).isEqualTo("2");
    }

    @Test
    void unresolvedKeysAreListed() {
        concurrently("broken", "a", "1", "2");
        concurrently("whole", "a", "1", "2");
        JsonNode page = get("/conflicts?unresolved=true").json();
        assertThat(page.path("conflicts").findValuesAsText("map"))
                .contains("broken")
                .doesNotContain("whole");
        JsonNode conflict = get("/conflicts?unresolved=true&map=broken")
                .json()
                .path("conflicts")
                .path(0);
        assertThat(conflict.path("unresolved").textValue()).contains("a bug");
        assertThat(conflict.path("outcome").path("value").intValue()).isEqualTo(2);
        put("broken", "a", "3", conflict.path("context").textValue());
        assertThat(get("/conflicts?unresolved=true&map=broken").json().path("conflicts"))
                .isEmpty();
    }

    @Test
    void pagesGoOnWhereTheOneBeforeEnded() {
        for (int i = 0; i < 5; i++) {
            concurrently("paged", "k" + i, "1", "2");
        }
        List<String> keys = new ArrayList<>();
        JsonNode page = get("/conflicts?map=paged&limit=2").json();
        page.path("conflicts").forEach(conflict -> keys.add(conflict.path("key").textValue()));
        while (!page.path("next").isNull()) {
            page = get("/conflicts?map=paged&limit=2&after=" + page.path("next").textValue())
                    .json();
            page.path("conflicts")
                    .forEach(conflict -> keys.add(conflict.path("key").textValue()));
        }
        assertThat(keys).containsExactlyInAnyOrder("k0", "k1", "k2", "k3", "k4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0                       | malformed-parameter | 1 to 1000
            after=nonsense                | malformed-parameter | position
            resolver=my.own.Resolver      | malformed-parameter | last-writer-wins
            resolver=data-center-priority | malformed-parameter | priority
            priority=eu                   | malformed-parameter | resolver=data-center-priority
            map=a%2Fb                     | malformed-map       | A-Z
            colour=red                    | unknown-parameter   | map, key
            open=perhaps                  | malformed-parameter | true or false
            """)
    void whatCantBeAskedIsExplained(String query, String code, String remedy) {
        assertThat(get("/conflicts?" + query).isProblem(400, code).detail()).contains(remedy);
    }

    @Test
    void otherMethodsAreRefusedWithTheWayToOverrule() {
        Answer refused = send("POST", "/conflicts", "", List.of()).isProblem(405, "method-not-allowed");
        assertThat(refused.detail()).contains("Entente-Context");
    }

    @Test
    void conflictsAreFollowedLive() throws Exception {
        try (Events events = follow("/conflicts?map=live")) {
            concurrently("other", "a", "1", "2");
            concurrently("live", "a", "1", "2");
            await().atMost(PATIENCE).until(() -> !events.data.isEmpty());
            JsonNode conflict = Json.tree(events.data.get(0).getBytes(StandardCharsets.UTF_8));
            assertThat(conflict.path("map").textValue()).isEqualTo("live");
            assertThat(conflict.path("outcome").path("value").intValue()).isEqualTo(2);
            assertThat(events.names).containsExactly("conflict");
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissedEvenAfterARestart() throws Exception {
        String last;
        try (Events events = follow("/conflicts?map=again")) {
            concurrently("again", "a", "1", "2");
            await().atMost(PATIENCE).until(() -> !events.data.isEmpty());
            last = events.ids.get(events.ids.size() - 1);
        }
        concurrently("again", "b", "1", "2");
        node.close();
        node = started();
        try (Events events = follow("/conflicts?map=again", "Last-Event-ID", last)) {
            await().atMost(PATIENCE).until(() -> !events.data.isEmpty());
            assertThat(key(events.data.get(0))).isEqualTo("b");
        }
    }

    @Test
    void aClientThatIsCutOffBeforeTheFirstConflictMissesNothing() throws Exception {
        String beginning;
        try (Events events = follow("/conflicts?map=early")) {
            await().atMost(PATIENCE).until(() -> !events.ids.isEmpty());
            beginning = events.ids.get(0);
        }
        concurrently("early", "a", "1", "2");
        try (Events events = follow("/conflicts?map=early", "Last-Event-ID", beginning)) {
            await().atMost(PATIENCE).until(() -> !events.data.isEmpty());
            assertThat(key(events.data.get(0))).isEqualTo("a");
        }
    }

    /** Changes are remembered in memory alone: another run of the node knows nothing of them, and says so. */
    @Test
    void aMapsChangesAreNotGoneOnFromAfterARestart() throws Exception {
        String last;
        try (ServerSentEvents events =
                ServerSentEvents.follow(client, node.httpAddress().orElseThrow(), "/maps/changed")) {
            send("PUT", "/maps/changed/a", "1", List.of());
            last = events.await(1).get(0).id();
            node.close();
            events.awaitEnd();
        }
        node = started();
        send("GET", "/maps/changed", "", List.of("Accept", EVENTS, "Last-Event-ID", last))
                .isProblem(410, "gone");
    }

    @Test
    void aStreamEndsWhenTheNodeStops() throws Exception {
        try (Events events = follow("/conflicts?map=ended")) {
            node.close();
            events.thread.join(PATIENCE.toMillis());
            assertThat(events.thread.isAlive()).isFalse();
        } finally {
            node = started();
        }
    }

    @Test
    void anIdentifierOfAnotherNodeResets() throws Exception {
        try (Events events = follow("/conflicts?map=reset", "Last-Event-ID", "of-another-node")) {
            await().atMost(PATIENCE).until(() -> events.names.contains("reset"));
            concurrently("reset", "a", "1", "2");
            await().atMost(PATIENCE).until(() -> events.names.contains("conflict"));
        }
    }

    private static String key(String data) throws JsonProcessingException {
        return Json.tree(data.getBytes(StandardCharsets.UTF_8)).path("key").textValue();
    }

    private Entente started() {
        return Entente.start(EntenteSettings.from(
                        ConfigFactory.parseString(
                                "entente { resolver-timeout = 60 s, maps.broken.resolver = \"io.entente.cluster.http.ThrowingResolver\" }"))
                .withName("eu-1")
                .withDataCenter("eu")
                .withPort(0)
                .withHttpPort(0)
                .withFoundingWait(Duration.ZERO)
                .withDurability(Durability.OS)
                .withData(directory.resolve("data")));
    }

    private void concurrently(String map, String key, String first, String second) {
        String seen = context(map, key);
        put(map, key, first, seen);
        put(map, key, second, seen);
    }

    private String context(String map, String key) {
        return send("GET", "/maps/" + map + "/" + key, "", List.of()).header("Entente-Context");
    }

    private void put(String map, String key, String value, String context) {
        send("PUT", "/maps/" + map + "/" + key, value, List.of("Entente-Context", context))
                .hasStatus(204);
    }

    private Answer get(String target) {
        return send("GET", target, "", List.of());
    }

    private Answer send(String method, String target, String body, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(PATIENCE);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + target + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String target) {
        int port = node.httpAddress().map(InetSocketAddress::getPort).orElseThrow();
        return URI.create("http://127.0.0.1:" + port + target);
    }

    private Events follow(String target, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target)).header("Accept", EVENTS);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<Stream<String>> response = client.send(request.build(), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(EVENTS);
        Events events = new Events(response.body());
        await().atMost(PATIENCE).until(() -> events.begun);
        return events;
    }

    /** A stream of events as it comes in. */
    private static final class Events implements AutoCloseable {

        private final List<String> names = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final List<String> data = new CopyOnWriteArrayList<>();
        private volatile boolean begun;
        private final Stream<String> lines;
        private final Thread thread;

        private Events(Stream<String> lines) {
            this.lines = lines;
            this.thread = new Thread(this::read, "events");
            thread.setDaemon(true);
            thread.start();
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
                names.add(line.substring("event: ".length()));
            } else if (line.startsWith("id: ")) {
                ids.add(line.substring("id: ".length()));
            } else if (line.startsWith("data: ") && names.get(names.size() - 1).equals("conflict")) {
                data.add(line.substring("data: ".length()));
            }
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
