package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.CodecException;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.settings.ConflictSettings;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;
import io.entente.conflict.version.CausalContext;
import io.entente.core.store.Durability;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resolvers that do what they must not, at real nodes, by code and by HTTP: one node that waits long for them, for those that end; and one
 * that waits for some milliseconds, for the one that never does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingResolversTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Lists that can be changed by whoever gets them. */
    private static final Codec<List<String>> LISTS = new Codec<>() {
        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public byte[] encode(List<String> value) {
            return String.join(",", value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> decode(byte[] content) throws CodecException {
            return new ArrayList<>(Arrays.asList(new String(content, StandardCharsets.UTF_8).split(",")));
        }
    };

    @TempDir
    static Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Entente patient;
    private Entente impatient;

    @BeforeAll
    void start() {
        LoopingResolver.released = false;
        patient = started("eu-1", PATIENCE);
        impatient = started("eu-2", Duration.ofMillis(50));
    }

    @AfterAll
    void stop() {
        LoopingResolver.released = true;
        patient.close();
        impatient.close();
    }

    @Test
    void anEndlessLoopLeavesItsConflictsUnresolvedAndNothingElse() throws Exception {
        ReplicatedMap<String> looping = impatient.map("looping", Codec.json(String.class));
        concurrently(looping, "k", "old", "new");
        Found<String> found = soon(looping.get("k"));
        assertThat(found.unresolved()).hasValueSatisfying(why -> assertThat(why).contains("50 ms"));
        assertThat(found.asOptional()).contains("new");
        assertRefused(looping.put("k", "over"));
        assertRefused(looping.delete("k"));
        assertRefused(looping.update("k", old -> "over"));
        ReplicatedMap<String> other = impatient.map("other", Codec.json(String.class));
        concurrently(other, "k", "old", "new");
        assertThat(soon(other.get("k")).unresolved()).isEmpty();
        soon(looping.put("alone", "a key without conflict"));
        assertThat(soon(looping.get("alone")).unresolved()).isEmpty();

        assertThat(soon(looping.get("k")).unresolved()).isPresent();
        await().atMost(PATIENCE).until(() -> {
            soon(looping.get("k"));
            return !impatient.node().remarks().isEmpty();
        });
        assertThat(impatient.node().remarks()).singleElement().asString().contains("looping", "suspended");
        assertThat(json("/health/ready").path("remarks").path(0).textValue()).contains("suspended");
        JsonNode resolver = json("/cluster").path("resolvers").path(0);
        assertThat(resolver.path("map").textValue()).isEqualTo("looping");
        assertThat(resolver.path("suspended").textValue()).contains("suspended");
        assertThat(json("/conflicts?unresolved=true").at("/conflicts/0/map").textValue())
                .isEqualTo("looping");
        HttpResponse<String> got = http("GET", "/maps/looping/k", "");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.headers().firstValue("Entente-Unresolved")).contains("true");
        assertThat(http("PUT", "/maps/looping/k", "\"over\"").statusCode()).isEqualTo(409);
        assertThat(http("GET", "/maps/looping", "").body()).contains("\"unresolved\"");

        soon(looping.put("k", "chosen", WriteOptions.async().ifCurrent(found.context())));
        assertThat(soon(looping.get("k")).unresolved()).isEmpty();
    }

    @Test
    void aResolverThatChangesWhatItIsGivenChangesNothingElse() throws Exception {
        ReplicatedMap<List<String>> map = patient.map("mutating", LISTS, Resolvers.named("mutating", 1, conflict -> {
            conflict.siblings().forEach(version -> version.value().ifPresent(List::clear));
            return Resolution.pick(conflict.lastWritten());
        }));
        concurrently(map, "k", List.of("a", "b"), List.of("c", "d"));
        for (int i = 0; i < 3; i++) {
            assertThat(soon(map.get("k")).asOptional()).contains(List.of("c", "d"));
        }
        soon(map.get("k")).asOptional().orElseThrow().clear();
        assertThat(soon(map.get("k")).asOptional()).contains(List.of("c", "d"));
    }

    @Test
    void aValueOfAnotherTypeIsUnresolved() throws Exception {
        @SuppressWarnings({"unchecked", "rawtypes"}) // what a resolver with a hole in its types does
        ConflictResolver<List<String>> wrong =
                Resolvers.named("wrong", 1, conflict -> (Resolution) Resolution.merged("not a list"));
        assertUnresolved("wrong-type", wrong, "ClassCastException");
    }

    @Test
    void whatThrowsIsUnresolved() throws Exception {
        assertUnresolved(
                "throwing",
                Resolvers.named("throwing", 1, conflict -> {
                    throw new IllegalStateException("out of ideas");
                }),
                "out of ideas");
        assertUnresolved(
                "overflowing", Resolvers.named("overflowing", 1, MisbehavingResolversTest::endless), "StackOverflow");
        assertUnresolved(
                "out-of-memory",
                Resolvers.named("out-of-memory", 1, conflict -> {
                    throw new OutOfMemoryError("too much of itself");
                }),
                "too much of itself");
    }

    @Test
    void aResolverThatCannotSayItsNameIsRefusedWhenItsMapIsOpened() {
        ConflictResolver<String> nameless = new ConflictResolver<>() {
            @Override
            public Resolution<String> resolve(io.entente.conflict.Conflict<String> conflict) {
                return Resolution.keepAll();
            }

            @Override
            public String name() {
                throw new IllegalStateException("who am I?");
            }
        };
        assertThatThrownBy(() -> patient.map("nameless", Codec.utf8(), nameless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("who am I?");
    }

    private static Resolution<List<String>> endless(io.entente.conflict.Conflict<List<String>> conflict) {
        return conflict.siblings().isEmpty() ? Resolution.deleted() : endless(conflict);
    }

    private void assertUnresolved(String name, ConflictResolver<List<String>> resolver, String why) throws Exception {
        ReplicatedMap<List<String>> map = patient.map(name, LISTS, resolver);
        concurrently(map, "k", List.of("old"), List.of("new"));
        Found<List<String>> found = soon(map.get("k"));
        assertThat(found.asOptional()).contains(List.of("new"));
        assertThat(found.unresolved())
                .hasValueSatisfying(reason -> assertThat(reason).contains(why));
        assertRefused(map.put("k", List.of("over")));
    }

    private static void assertRefused(CompletionStage<?> write) {
        assertThatThrownBy(() -> soon(write))
                .cause()
                .isInstanceOfSatisfying(
                        NotAppliedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNRESOLVED));
    }

    private static <V> void concurrently(ReplicatedMap<V> map, String key, V first, V second) throws Exception {
        WriteOptions unseen = WriteOptions.async().seen(CausalContext.empty());
        soon(map.put(key, first, unseen));
        soon(map.put(key, second, unseen));
    }

    private Entente started(String name, Duration timeout) {
        ConflictSettings defaults = ConflictSettings.defaults();
        return Entente.start(EntenteSettings.from(ConfigFactory.parseString(
                        "entente.maps.looping.resolver = \"" + LoopingResolver.class.getName() + "\""))
                .withName(name)
                .withDataCenter("eu")
                .withPort(0)
                .withHttpPort(0)
                .withFoundingWait(Duration.ZERO)
                .withDurability(Durability.OS)
                .withConflicts(new ConflictSettings(
                        defaults.entries(), defaults.bytes(), defaults.entriesOfAKey(), defaults.valueBytes(), timeout))
                .withData(directory.resolve(name)));
    }

    private JsonNode json(String target) throws Exception {
        return new ObjectMapper().readTree(http("GET", target, "").body());
    }

    private HttpResponse<String> http(String method, String target, String body) throws Exception {
        int port = impatient.httpAddress().map(InetSocketAddress::getPort).orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static <T> T soon(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
