package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.Written;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.Resolvers;
import io.entente.core.store.directory.DirectoryRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node as an application embeds it. */
class EntenteTest {

    @TempDir
    Path directory;

    @Test
    void aMapTakesAndGivesTypedValues() throws Exception {
        try (Entente entente = Entente.start(settings())) {
            ReplicatedMap<Cart> carts = entente.map("carts", Codec.json(Cart.class), Resolvers.merging(Cart::merge));
            Written written = soon(carts.put("alice", new Cart(List.of("tea"))));
            soon(carts.update("alice", old -> old.orElseGet(Cart::empty).add("milk")));
            Found<Cart> found = soon(carts.get("alice"));
            assertThat(found).isInstanceOf(Found.Value.class);
            assertThat(((Found.Value<Cart>) found).value().items()).containsExactly("tea", "milk");
            assertThat(written.dot().origin().node()).isEqualTo("eu-1");
        }
    }

    @Test
    void whatIsWrittenByHttpIsReadByCodeAndTheOtherWayRound() throws Exception {
        try (Entente entente = Entente.start(settings())) {
            ReplicatedMap<String> notes = entente.map("notes", Codec.json(String.class));
            soon(notes.put("a", "by code"));
            URI uri = URI.create("http://127.0.0.1:"
                    + entente.httpAddress().map(InetSocketAddress::getPort).orElseThrow() + "/maps/notes/");
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> got =
                    client.send(HttpRequest.newBuilder(uri.resolve("a")).build(), BodyHandlers.ofString());
            assertThat(got.body()).isEqualTo("\"by code\"");
            HttpRequest put = HttpRequest.newBuilder(uri.resolve("b"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("\"by http\""))
                    .build();
            assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
            assertThat(((Found.Value<String>) soon(notes.get("b"))).value()).isEqualTo("by http");
        }
    }

    @Test
    void aNodeLivesInAnApplicationsActorSystemAndLeavesItRunning() throws Exception {
        Config config = ConfigFactory.parseMap(Map.of(
                        "entente.name", "eu-1",
                        "entente.dc", "eu",
                        "entente.port", 0,
                        "entente.founding-wait", "0 ms",
                        "entente.http.enabled", "off",
                        "entente.data", directory.resolve("data").toString()))
                .withFallback(settings().akkaConfig())
                .withFallback(ConfigFactory.load());
        ActorSystem<Void> application = ActorSystem.create(Behaviors.empty(), "application", config);
        try {
            Entente entente = Entente.get(application);
            assertThat(Entente.get(application)).isSameAs(entente);
            assertThat(entente.awaitReady(Duration.ofSeconds(60))).isTrue();
            ReplicatedMap<String> notes = entente.map("notes", Codec.utf8());
            soon(notes.put("k", "v"));
            entente.close();
            entente.close();
            assertThat(notes.put("k", "late").toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
            assertThat(application.whenTerminated().isCompleted()).isFalse();
        } finally {
            application.terminate();
            soon(application.getWhenTerminated());
        }
    }

    @Test
    void anActorSystemThatMakesAnythingOfBytesIsRefused() throws Exception {
        Config config = ConfigFactory.parseString("""
                        akka.serialization.jackson.allowed-class-prefix = ["com.example"]
                        akka.actor.serialization-bindings {
                          "java.lang.Comparable" = jackson-json, "java.io.Serializable" = jackson-cbor
                          "io.entente.cluster.membership.Hello" = jackson-json
                        }
                        """).withFallback(settings().akkaConfig());
        ActorSystem<Void> application = ActorSystem.create(Behaviors.empty(), "application", config);
        try {
            assertThatThrownBy(() -> Entente.get(application))
                    .hasMessageContaining("allowed-class-prefix = [com.example]")
                    .hasMessageContaining("by java.lang.Comparable")
                    .hasMessageContaining("binds java.io.Serializable to jackson-cbor")
                    .hasMessageContaining("Hello is serialized by akka.serialization.jackson.JacksonJsonSerializer");
        } finally {
            application.terminate();
            soon(application.getWhenTerminated());
        }
    }

    @Test
    void anActorSystemThatIsUnsafeOrNoClusterIsRefused() throws Exception {
        Config config = ConfigFactory.parseString(
                        "akka.actor.allow-java-serialization = on, akka.actor.provider = local,"
                                + " akka.remote.artery.advanced.compression.actor-refs.max = 256,"
                                + " akka.remote.deployment.enable-allow-list = off, entente.tls { enabled = on, certificate = c, key = k, trust = t }")
                .withFallback(settings().akkaConfig());
        ActorSystem<Void> application = ActorSystem.create(Behaviors.empty(), "application", config);
        try {
            assertThatThrownBy(() -> Entente.get(application))
                    .hasMessageContaining("allow-java-serialization is on")
                    .hasMessageContaining("akka.actor.provider = local")
                    .hasMessageContaining("compression.actor-refs.max = 256")
                    .hasMessageContaining("enable-allow-list is off")
                    .hasMessageContaining("entente.tls is on and the actor system speaks tcp");
        } finally {
            application.terminate();
            soon(application.getWhenTerminated());
        }
    }

    @Test
    void closingTwiceDoesNoHarmAndLaterRequestsAreRefused() throws Exception {
        Entente entente = Entente.start(settings());
        ReplicatedMap<String> notes = entente.map("notes", Codec.utf8());
        soon(notes.put("k", "v"));
        entente.close();
        entente.close();
        assertThat(notes.put("k", "late").toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        assertThat(notes.get("k").toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        assertThat(soon(entente.node().view()).vectors()).isEmpty();
    }

    @Test
    void aDirectoryInUseIsRefused() {
        try (Entente first = Entente.start(settings())) {
            assertThat(first.node().obstacles()).isEmpty();
            assertThatThrownBy(() -> Entente.launch(settings()))
                    .isInstanceOf(DirectoryRefusedException.class)
                    .hasMessageContaining("eu-1");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Entente.launch(settings().withPort(port)))
                    .hasMessageContaining(String.valueOf(port))
                    .hasMessageContaining("in use");
            assertThatThrownBy(() -> Entente.launch(settings().withHttp(true).withHttpPort(port)))
                    .hasMessageContaining(String.valueOf(port))
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAHalt() throws Exception {
        Entente first = Entente.start(settings());
        ReplicatedMap<String> notes = first.map("notes", Codec.utf8());
        soon(notes.put("k", "kept"));
        first.halt();
        try (Entente second = Entente.start(settings())) {
            ReplicatedMap<String> again = second.map("notes", Codec.utf8());
            assertThat(((Found.Value<String>) soon(again.get("k"))).value()).isEqualTo("kept");
            soon(again.put("k", "changed"));
        }
    }

    @Test
    void aCopyThatIsPlacedElsewhereNowIsReadAndNotWritten() throws Exception {
        try (Entente whole = Entente.start(settings())) {
            for (int i = 0; i < 40; i++) {
                soon(whole.map("notes", Codec.utf8()).put("k" + i, "kept"));
            }
        }
        EntenteSettings placed =
                settings().withReplicationFactor(1).withMembers(List.of("eu/eu-1", "eu/eu-2", "eu/eu-3"));
        try (Entente part = Entente.launch(placed)) {
            ReplicatedMap<String> notes = part.map("notes", Codec.utf8());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> part.node().obstacles().stream().noneMatch(why -> why.contains("the clock of")));
            Map<String, CompletionStage<Written>> writes = new LinkedHashMap<>();
            for (int i = 0; i < 40; i++) {
                String key = "k" + i;
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> soon(notes.get(key)).asOptional().isPresent());
                // All at once: each waits for a leader as long as it may.
                writes.put(key, notes.put(key, "changed"));
            }
            int written = 0;
            for (Map.Entry<String, CompletionStage<Written>> write : writes.entrySet()) {
                try {
                    soon(write.getValue());
                    written++;
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(NotAppliedException.class);
                    assertThat(soon(notes.get(write.getKey())).asOptional()).contains("kept");
                }
            }
            assertThat(written).isBetween(1, 39);
        }
    }

    private EntenteSettings settings() {
        return EntenteSettings.load()
                .withName("eu-1")
                .withDataCenter("eu")
                .withHost("127.0.0.1")
                .withPort(0)
                .withHttpPort(0)
                .withFoundingWait(Duration.ZERO)
                .withData(directory.resolve("data"));
    }

    private static <T> T soon(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
    }

    /** A shopping cart. */
    record Cart(List<String> items) {

        static Cart empty() {
            return new Cart(List.of());
        }

        Cart add(String item) {
            List<String> more = new ArrayList<>(items);
            more.add(item);
            return new Cart(more);
        }

        static Cart merge(Cart a, Cart b) {
            Cart merged = a;
            for (String item : b.items()) {
                merged = merged.items().contains(item) ? merged : merged.add(item);
            }
            return merged;
        }
    }
}
