package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.client.Site;
import io.entente.cluster.http.ServerSentEvents;
import io.entente.cluster.map.Change;
import io.entente.cluster.map.ChangesRequest;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.membership.ClusterView.LinkState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What one node's surface shows of all data centers, and does in each: three real nodes, of which a browser would talk to one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllDataCentersFromOnePageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ThreeNodes nodes;

    @BeforeAll
    void start() {
        nodes = new ThreeNodes(directory, true);
    }

    @AfterAll
    void stop() {
        nodes.close();
    }

    @Test
    void aKeyIsWrittenAndReadInEachDataCenterThroughOneNode() {
        for (String dataCenter : ThreeNodes.NAMES) {
            String path = "/at/" + dataCenter + "/maps/users/by-" + dataCenter;
            // A node that was not heard for three seconds, on a busy machine, is not asked.
            HttpResponse<String> written =
                    await().atMost(PATIENCE).until(() -> send("PUT", path, "1"), answer -> answer.statusCode() == 204);
            assertThat(written.headers().firstValue("Entente-Dot").orElseThrow())
                    .startsWith(dataCenter + "/");
            assertThat(send("GET", path, "").body()).isEqualTo("1");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/at/ap/maps/users?prefix=by-")
                                .path("entries")
                                .findValuesAsText("key"))
                        .containsExactly("by-ap", "by-eu", "by-us"));
    }

    @Test
    void theStreamShowsTheClusterAsEveryNodeSeesIt() throws Exception {
        JsonNode event = event(all -> all.path("views").size() == 3);
        assertThat(event.path("node").textValue()).isEqualTo("eu-1");
        assertThat(event.path("views").findValuesAsText("node")).contains("eu-1", "us-1", "ap-1");
        assertThat(event.path("silent")).isEmpty();
        assertThat(event.at("/views/0/faultInjection").booleanValue()).isTrue();
    }

    @Test
    void aLinkThatDoesNotEndHereIsCutAndHealedFromHere() {
        assertThat(post("/admin/links", "{\"from\":\"us\",\"to\":\"ap\",\"state\":\"cut\",\"everywhere\":true}"))
                .isEqualTo(204);
        assertThat(state("us", "us", "ap")).contains(LinkState.CUT);
        assertThat(state("ap", "us", "ap")).contains(LinkState.CUT);
        assertThat(post("/admin/links", "{\"from\":\"us\",\"to\":\"ap\",\"state\":\"up\",\"everywhere\":true}"))
                .isEqualTo(204);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(state("us", "us", "ap")).contains(LinkState.UP));
    }

    @Test
    void conflictsAreCountedByWhatBecameOfThem() {
        String path = "/maps/counted/k";
        String seen =
                send("GET", path, "").headers().firstValue("Entente-Context").orElseThrow();
        for (String value : List.of("1", "2")) {
            assertThat(send("PUT", path, value, "Entente-Context", seen).statusCode())
                    .isEqualTo(204);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(send("GET", "/metrics", "").body())
                        .contains(
                                "entente_conflicts_total{map=\"counted\",outcome=\"value\",resolver=\"last-writer-wins\"} 1.0")
                        .contains("entente_link_up{to=\"us\"} 1.0")
                        .containsPattern("entente_operation_seconds_count\\{op=\"put\"} [1-9]")
                        .containsPattern("entente_commit_seconds_count [1-9]"));
    }

    @Test
    void conflictsSinceATimeAreListed() {
        String path = "/maps/since/k";
        String seen =
                send("GET", path, "").headers().firstValue("Entente-Context").orElseThrow();
        send("PUT", path, "1", "Entente-Context", seen);
        send("PUT", path, "2", "Entente-Context", seen);
        assertThat(get("/conflicts?map=since&since=1969-01-01T00:00:00Z").path("conflicts"))
                .hasSize(1);
        assertThat(get("/conflicts?map=since&since=2300-01-01T00:00:00Z").path("conflicts"))
                .isEmpty();
        assertThat(send("GET", "/conflicts?since=yesterday", "").statusCode()).isEqualTo(400);
        JsonNode conflict = get("/conflicts?map=since").at("/conflicts/0");
        HttpResponse<String> test = send(
                "GET",
                "/conflicts/test?map=since&key=k&id=" + conflict.path("id").textValue(),
                "");
        assertThat(test.body())
                .contains("class Conflict" + conflict.path("id").textValue() + "Test {", "Resolvers.lastWriterWins()");
        assertThat(test.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(send("GET", "/conflicts/test?map=since&key=k&id=none", "").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/conflicts/test?map=since", "").statusCode()).isEqualTo(400);
    }

    @Test
    void aMapsChangesComeFromWhereverItIsWritten() {
        InetSocketAddress eu = nodes.node("eu").httpAddress().orElseThrow();
        try (ServerSentEvents events = ServerSentEvents.follow(client, eu, "/maps/followed")) {
            for (String dataCenter : ThreeNodes.NAMES) {
                await().atMost(PATIENCE)
                        .until(() -> send("PUT", "/at/" + dataCenter + "/maps/followed/" + dataCenter, "1")
                                        .statusCode()
                                == 204);
            }
            assertThat(events.await(3)).extracting(ServerSentEvents.Event::key).contains("ap", "eu", "us");
        }
        assertThat(send("GET", "/at/us/maps/followed", "", "Accept", "text/event-stream")
                        .statusCode())
                .isEqualTo(406);
    }

    /** The same from Java, in the process of a member and over HTTP. */
    @Test
    void aMapIsFollowedByProgramsToo() {
        ReplicatedMap<String> member = nodes.node("eu").map("watched", Codec.json(String.class));
        URI eu = uri("");
        ReplicatedMap<String> remote =
                EntenteClient.of(Site.of("eu", eu.toString())).map("watched", Codec.json(String.class));
        Seen<String> here = new Seen<>();
        Seen<String> there = new Seen<>();
        member.changes().subscribe(here);
        remote.changes(ChangesRequest.all().prefix("a")).subscribe(there);
        await().atMost(PATIENCE).until(() -> there.begun);
        member.delete("b").toCompletableFuture().join();
        member.put("a", "last").toCompletableFuture().join();
        await().atMost(PATIENCE).until(() -> here.values.contains("a=last") && there.values.contains("a=last"));
        assertThat(there.values).allMatch(value -> value.startsWith("a="));
        here.leave();
        there.leave();
    }

    /** Remembers the values it is told. */
    private static final class Seen<V> implements Flow.Subscriber<Change<V>> {

        private final List<String> values = new CopyOnWriteArrayList<>();
        private volatile Flow.@Nullable Subscription subscription;
        private volatile boolean begun;

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription = to;
            to.request(1);
        }

        @Override
        public void onNext(Change<V> change) {
            if (change instanceof Change.Changed<V> changed) {
                values.add(changed.key() + "="
                        + changed.found().asOptional().map(Object::toString).orElse(""));
            } else if (change instanceof Change.Passed<V>) {
                begun = true;
            }
            Objects.requireNonNull(subscription).request(1);
        }

        void leave() {
            Objects.requireNonNull(subscription).cancel();
        }

        @Override
        public void onError(Throwable failure) {
            values.add("failed: " + failure);
        }

        @Override
        public void onComplete() {}
    }

    private Optional<LinkState> state(String at, String from, String to) {
        return nodes.view(at).links().stream()
                .filter(link -> link.from().equals(from) && link.to().equals(to))
                .map(link -> link.state())
                .findFirst();
    }

    /** The first event of the stream that has what is wanted. */
    private JsonNode event(Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/cluster"))
                .header("Accept", "text/event-stream")
                .timeout(PATIENCE)
                .build();
        try (InputStream body =
                        client.send(request, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    JsonNode event = JSON.readTree(line.substring("data: ".length()));
                    if (wanted.test(event)) {
                        return event;
                    }
                }
            }
        }
        throw new AssertionError("the stream ended before it had what was wanted");
    }

    private JsonNode get(String target) {
        String body = send("GET", target, "").body();
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
    }

    private int post(String target, String body) {
        return send("POST", target, body).statusCode();
    }

    private HttpResponse<String> send(String method, String target, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + target + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String target) {
        int port = nodes.node("eu").httpAddress().orElseThrow().getPort();
        return URI.create("http://127.0.0.1:" + port + target);
    }
}
