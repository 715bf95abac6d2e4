package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.map.Codec;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.Role;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes without a leader in one JVM: of each partition two are homes, and the third stands in. */
class LeaderlessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final List<String> NODES = List.of("eu-1", "eu-2", "eu-3");
    private static final int KEYS = 12;

    @TempDir
    Path directory;

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Entente> running = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        ports.putAll(FreePorts.of(NODES));
        NODES.forEach(this::launch);
        NODES.forEach(node -> assertThat(node(node).awaitReady(PATIENCE))
                .as(node(node).node().obstacles().toString())
                .isTrue());
    }

    @AfterEach
    void stop() {
        running.values().forEach(Entente::halt);
    }

    @Test
    void anyCopyTakesWritesAndWhatStandsInIsHandedOver() throws Exception {
        theModeIsShownAndItsQuorumsHold();
        anyNodeCoordinates();
        aRequestThatCountsOnOtherCopiesIsRefused();
        node("eu-2").halt();
        running.remove("eu-2");
        for (int i = 0; i < KEYS; i++) {
            awaitWritten("eu-1", "after" + i);
            awaitRead("eu-3", "after" + i);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(entriesHeldForTheOneThatIsAway())
                        .as("of some partitions eu-1 stands in for it, of others eu-3")
                        .isPositive());
        node("eu-1").halt();
        running.remove("eu-1");
        launch("eu-2");
        for (int i = 0; i < KEYS; i++) {
            awaitRead("eu-2", "after" + i);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(view("eu-2").copies().staleness()).isZero());
    }

    private void theModeIsShownAndItsQuorumsHold() {
        ClusterView view = view("eu-2");
        assertThat(view.mode()).isEqualTo("leaderless");
        assertThat(view.dataCenters().get(0).nodes()).allMatch(node -> node.role() == Role.REPLICA);
        assertThat(map("eu-2").writing().concern()).isEqualTo(WriteConcern.replicas(2));
        assertThat(map("eu-2").reading().concern()).isEqualTo(ReadConcern.quorum());
    }

    /** Once a node has looked at its clock it takes writes itself. */
    private void anyNodeCoordinates() {
        for (int i = 0; i < KEYS; i++) {
            String at = NODES.get(i % NODES.size());
            String key = "k" + i;
            await().pollDelay(Duration.ZERO)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> soon(map(at).put(key, "v")).dot().origin().node(), at::equals);
            NODES.forEach(other -> awaitRead(other, key));
        }
    }

    private void aRequestThatCountsOnOtherCopiesIsRefused() throws Exception {
        soon(map("eu-1").put("n", "v", WriteOptions.replicas(2).copies(2)));
        assertThat(refusal(map("eu-1").put("n", "v", WriteOptions.replicas(2).copies(3))))
                .hasMessageContaining("n = 3 copies")
                .hasMessageContaining("has 2")
                .hasMessageContaining("ask for n = 2");
        assertThat(refusal(map("eu-1").get("n", ReadOptions.replicas(2).copies(1))))
                .hasMessageContaining("n = 1 copies");
        assertThat(refusal(map("eu-1").get("n", ReadOptions.replicas(3)))).hasMessageContaining("the partition has 2");
    }

    private long entriesHeldForTheOneThatIsAway() {
        return List.of("eu-1", "eu-3").stream()
                .mapToLong(node -> view(node).copies().heldFor().getOrDefault("eu-2", 0L))
                .sum();
    }

    /** Until the others find that a node is silent, nobody stands in for it. */
    private void awaitWritten(String at, String key) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> soon(map(at).put(key, "v", map(at).writing().timeout(SHORT))) != null);
    }

    private void awaitRead(String at, String key) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> soon(map(at).get(key)).asOptional(), Optional.of("v")::equals);
    }

    private static NotAppliedException refusal(CompletionStage<?> request) throws Exception {
        try {
            soon(request);
        } catch (ExecutionException failed) {
            return (NotAppliedException) Objects.requireNonNull(failed.getCause());
        }
        throw new AssertionError("it was not refused");
    }

    private ClusterView view(String at) {
        return node(at).node().view().toCompletableFuture().join();
    }

    private ReplicatedMap<String> map(String at) {
        return node(at).map("notes", Codec.utf8());
    }

    private Entente node(String name) {
        return Objects.requireNonNull(running.get(name));
    }

    private void launch(String name) {
        int port = Objects.requireNonNull(ports.get(name));
        List<Address> seeds = List.of(
                new Address("127.0.0.1", Objects.requireNonNull(ports.get("eu-1"))),
                new Address("127.0.0.1", Objects.requireNonNull(ports.get("eu-3"))));
        running.put(
                name,
                Entente.launch(EntenteSettings.load(ConfigFactory.parseString(
                                "entente { mode = leaderless, leaderless { w = 2, sloppy-quorum = on } }"))
                        .withName(name)
                        .withDataCenter("eu")
                        .withHost("127.0.0.1")
                        .withPort(port)
                        .withSeeds(seeds)
                        .withHttp(false)
                        .withFoundingWait(Duration.ZERO)
                        .withData(directory.resolve(name))
                        .withDurability(Durability.OS)
                        .withPartitions(4)
                        .withReplicationFactor(2)
                        .withMembers(NODES.stream().map(node -> "eu/" + node).toList())));
    }

    private static <T> T soon(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
