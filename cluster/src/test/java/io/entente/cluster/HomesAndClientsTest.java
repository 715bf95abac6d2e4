package io.entente.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.entente.cluster.client.EntenteClient;
import io.entente.cluster.client.MergeableOperations;
import io.entente.cluster.client.Site;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Entry;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.OutcomeUnknownException;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteConcernTimeoutException;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.cluster.settings.HomeSettings;
import io.entente.cluster.settings.HomeSettings.Unreachable;
import io.entente.cluster.settings.MapSettings;
import io.entente.conflict.Version;
import io.entente.conflict.merge.MergeableType;
import io.entente.conflict.version.CausalContext;
import io.entente.core.message.NodeId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys with a home, and programs that are not members: three real nodes, one a data center. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomesAndClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Codec<Map<String, Integer>> CARTS = Codec.json(new TypeReference<>() {});

    @TempDir
    static Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ThreeNodes nodes;

    @BeforeAll
    void start() {
        nodes = new ThreeNodes(
                directory,
                settings -> settings.withMap("strict", home("us", Unreachable.REFUSE))
                        .withMap("lenient", home("us", Unreachable.ACCEPT))
                        .withMap("prefixed", home(HomeSettings.BY_KEY_PREFIX, Unreachable.REFUSE))
                        .withMap("kept", MapSettings.resolvedBy("keep-all"))
                        .withMap("counters", MapSettings.merging(MergeableType.COUNTER)));
    }

    private static MapSettings home(String where, Unreachable unreachable) {
        return MapSettings.defaults().with(new HomeSettings(where, unreachable));
    }

    @AfterAll
    void stop() {
        nodes.close();
    }

    @Test
    void aWriteGoesToItsKeysHomeWhereverItIsAskedFor() {
        for (String at : ThreeNodes.NAMES) {
            HttpResponse<String> written = send(at, "PUT", "/maps/strict/" + at, "1");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(204);
            assertThat(header(written, "Entente-Dot")).startsWith("us/us-1/");
            assertThat(header(written, "Entente-Home")).isEqualTo("us");
        }
        HttpResponse<String> elsewhere = send("eu", "PUT", "/at/ap/maps/strict/elsewhere", "1");
        assertThat(header(elsewhere, "Entente-Dot")).startsWith("us/us-1/");
        assertThat(header(send("us", "GET", "/maps/strict/us", ""), "Entente-Home"))
                .isEqualTo("us");
        assertThat(send("us", "GET", "/maps/other/us", "").headers().firstValue("Entente-Home"))
                .isEmpty();
    }

    @Test
    void aConditionIsJudgedAtHomeSoTwoDataCentersCannotBothCreateAKey() {
        assertThat(send("eu", "PUT", "/maps/strict/once", "1", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("ap", "PUT", "/maps/strict/once", "2", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void aClientIsRedirectedToTheHome() {
        HttpResponse<String> redirected = send("eu", "PUT", "/maps/strict/redirected?routing=redirect", "1");
        assertThat(redirected.statusCode()).isEqualTo(307);
        assertThat(header(redirected, "Location")).isEqualTo(url("us") + "/maps/strict/redirected?routing=redirect");
    }

    @Test
    void aKeyThatNamesNoHomeIsRefused() {
        HttpResponse<String> named = send("eu", "PUT", "/maps/prefixed/ap%2Falice", "1");
        assertThat(header(named, "Entente-Dot")).startsWith("ap/");
        HttpResponse<String> refused = send("eu", "PUT", "/maps/prefixed/alice", "1");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("invalid-argument", "The key 'alice' names no home", "by-key-prefix");
    }

    @Test
    void withoutItsHomeAWriteIsRefusedOrTakenElsewhereAsConfigured() {
        nodes.link("eu", "us", true);
        try {
            HttpResponse<String> refused = send("eu", "PUT", "/maps/strict/cut", "1");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .contains("home-unreachable", "The home of strict/cut is data center us", "not-applied");
            HttpResponse<String> taken = send("eu", "PUT", "/maps/lenient/cut", "\"eu\"");
            assertThat(header(taken, "Entente-Dot")).startsWith("eu/");
            assertThat(header(taken, "Entente-Home")).isEqualTo("us; unreachable");
            assertThat(header(send("us", "PUT", "/maps/lenient/cut", "\"us\""), "Entente-Home"))
                    .isEqualTo("us");
        } finally {
            nodes.link("eu", "us", false);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(send("ap", "GET", "/maps/lenient/cut?siblings=true", "")
                                .body())
                        .as("what was written on both sides competes")
                        .contains("\"eu\"", "\"us\""));
    }

    @Test
    void aClientReadsAndWritesAsAMemberDoes() {
        ReplicatedMap<Map<String, Integer>> carts = client("eu", "us", "ap").map("carts", CARTS);
        Written first = done(carts.put("alice/1 ?", Map.of("tea", 1), WriteOptions.dataCenters(3)));
        assertThat(first.dot().origin().dataCenter()).isEqualTo("eu");
        Found<Map<String, Integer>> found = done(carts.get("alice/1 ?"));
        assertThat(found.asOptional()).contains(Map.of("tea", 1));
        assertThat(found.context()).isEqualTo(first.context());
        done(carts.put("alice/1 ?", Map.of("tea", 2), WriteOptions.quorum().ifCurrent(found.context())));
        assertThat(reasonOf(
                        carts.put("alice/1 ?", Map.of(), WriteOptions.async().ifCurrent(found.context()))))
                .isEqualTo(Reason.PRECONDITION_FAILED);
        assertThat(reasonOf(
                        carts.put("alice/1 ?", Map.of(), WriteOptions.async().ifAbsent())))
                .isEqualTo(Reason.PRECONDITION_FAILED);
        done(carts.update(
                "alice/1 ?",
                old -> Map.of("tea", 1 + requireNonNull(old.orElseThrow().get("tea")))));
        assertThat(done(carts.get("alice/1 ?", ReadOptions.quorum())).asOptional())
                .contains(Map.of("tea", 3));
        done(carts.put("alice/2", Map.of()));
        assertThat(done(carts.entries("alice/")).entries())
                .extracting(Entry::key)
                .containsExactly("alice/1 ?", "alice/2");
        done(carts.delete("alice/2"));
        assertThat(done(carts.get("alice/2"))).isInstanceOf(Found.Absent.class);
        assertThat(reasonOf(carts.get("alice/1 ?", ReadOptions.replicas(4)))).isEqualTo(Reason.INVALID_ARGUMENT);
        assertThat(reasonOf(carts.get("alice/1 ?", ReadOptions.leader().timeout(Duration.ofMillis(50)))))
                .isEqualTo(Reason.NO_LEADER);
    }

    @Test
    void aClientIsGivenAllVersionsAndChooses() {
        ReplicatedMap<String> kept = client("eu").map("kept", Codec.utf8());
        CausalContext nothing = done(kept.get("k")).context();
        done(kept.put("k", "one", WriteOptions.async().seen(nothing)));
        done(kept.put("k", "two", WriteOptions.async().seen(nothing)));
        Found<String> found = done(kept.get("k"));
        assertThat(found).isInstanceOf(Found.Siblings.class);
        assertThat(((Found.Siblings<String>) found).versions())
                .extracting(Version::value)
                .containsExactly(Optional.of("one"), Optional.of("two"));
        assertThat(reasonOf(kept.update("k", old -> "three"))).isEqualTo(Reason.UNRESOLVED);
        done(kept.put("k", "three", WriteOptions.async().seen(found.context())));
        assertThat(done(kept.get("k")).asOptional()).contains("three");
    }

    @Test
    void aSessionGoesAlongFromSiteToSite() {
        EntenteClient here = client("eu");
        EntenteClient there = client("ap").inSession(here.session());
        for (int i = 0; i < 20; i++) {
            done(here.map("sessions", Codec.utf8()).put("k", "write " + i));
            assertThat(done(there.map("sessions", Codec.utf8()).get("k")).asOptional())
                    .contains("write " + i);
        }
    }

    @Test
    void aClientFollowsRedirectsToTheHome() {
        EntenteClient client = client("eu", "us").followingRedirects();
        Written written = done(client.map("strict", Codec.utf8()).put("followed", "home"));
        assertThat(written.dot().origin().dataCenter()).isEqualTo("us");
    }

    @Test
    void aConcernThatIsNotMetSaysThatTheWriteIsApplied() {
        ReplicatedMap<String> map = client("eu").map("late", Codec.utf8());
        nodes.link("eu", "ap", true);
        nodes.link("us", "ap", true);
        try {
            assertThatThrownBy(() -> done(map.put("k", "v", WriteOptions.all().timeout(Duration.ofMillis(300)))))
                    .hasCauseInstanceOf(WriteConcernTimeoutException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WriteConcernTimeoutException.class,
                            late -> assertThat(late.acknowledgedBy())
                                    .extracting(NodeId::toString)
                                    .startsWith("eu/eu-1")
                                    .doesNotContain("ap/ap-1"));
            assertThat(done(map.get("k")).asOptional()).contains("v");
        } finally {
            nodes.link("eu", "ap", false);
            nodes.link("us", "ap", false);
        }
    }

    @Test
    void anOperationWhoseAnswerIsLostTakesEffectOnce() throws Exception {
        try (LossyWay way = new LossyWay(portOf("eu"))) {
            MergeableOperations counters =
                    EntenteClient.of(Site.of("eu", way.url())).operations("counters");
            JsonNode increment = JsonNodeFactory.instance.objectNode().put("increment", 1);
            for (int i = 1; i <= 5; i++) {
                way.lose(i % 3);
                assertThat(done(counters.apply("visits", increment)).value()).hasToString("Optional[" + i + "]");
            }
            way.lose(100);
            assertThatThrownBy(() -> done(counters.apply("visits", increment)))
                    .hasCauseInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void aClientGoesToTheNextSiteWhenItsOwnFailsAndItsSessionWithIt() throws Exception {
        LossyWay way = new LossyWay(portOf("eu"));
        EntenteClient client = EntenteClient.of(Site.of("eu", way.url()), Site.of("us", url("us")));
        ReplicatedMap<String> map = client.map("failover", Codec.utf8());
        assertThat(done(map.put("k", "v")).dot().origin().dataCenter()).isEqualTo("eu");
        way.close();
        assertThat(done(map.get("k")).asOptional()).contains("v");
        assertThat(client.site().name()).isEqualTo("us");
        assertThat(done(map.put("k", "w")).dot().origin().dataCenter()).isEqualTo("us");
        ReplicatedMap<String> lost = EntenteClient.of(Site.of("eu", way.url())).map("failover", Codec.utf8());
        assertThat(reasonOf(lost.get("k", ReadOptions.local().timeout(Duration.ofMillis(1)))))
                .isEqualTo(Reason.NOT_READY);
        assertThat(reasonOf(lost.put("k", "x", WriteOptions.async().timeout(Duration.ofMillis(1)))))
                .as("nothing was sent")
                .isEqualTo(Reason.NOT_READY);
    }

    private EntenteClient client(String... sites) {
        return EntenteClient.of(
                Arrays.stream(sites).map(site -> Site.of(site, url(site))).toList());
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Reason reasonOf(CompletionStage<?> stage) {
        Throwable failure =
                stage.handle((done, failed) -> failed).toCompletableFuture().join();
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOf(NotAppliedException.class);
        return ((NotAppliedException) cause).reason();
    }

    private int portOf(String at) {
        return nodes.node(at).httpAddress().orElseThrow().getPort();
    }

    private String url(String at) {
        return "http://127.0.0.1:" + portOf(at);
    }

    private HttpResponse<String> send(String at, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(at) + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()));
    }
}
