package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.membership.AgreedTopology;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.topology.PlanText;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology of three real nodes, changed while they run. */
class ChangedTopologyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("eu", "us", "ap");

    @TempDir
    Path directory;

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Entente> nodes = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        ports.putAll(FreePorts.of(NAMES));
        NAMES.forEach(this::launch);
        NAMES.forEach(this::awaitReady);
        NAMES.forEach(name -> await().atMost(PATIENCE)
                .until(() -> node(name)
                                .node()
                                .view()
                                .toCompletableFuture()
                                .join()
                                .dataCenters()
                                .size()
                        == 3));
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(Entente::close);
    }

    @Test
    void aChangeReachesAllNodesThoseThatWereAwayTooAndOutlivesRestarts() {
        assertThat(topology("us")).isEqualTo(new AgreedTopology(0, "us-1", TopologyPlan.allToAll()));
        node("us").halt();
        TopologyPlan star = new TopologyPlan.Star("ap");
        AgreedTopology changed = join(node("eu").topology(star));
        assertThat(changed).isEqualTo(new AgreedTopology(1, "eu-1", star));
        await().atMost(PATIENCE).until(() -> topology("ap").equals(changed));

        launch("us");
        awaitReady("us");
        await().atMost(PATIENCE).until(() -> topology("us").equals(changed));
        node("eu").close();
        launch("eu");
        assertThat(topology("eu")).as("at once, from its own directory").isEqualTo(changed);
        awaitReady("eu");
        join(map("eu").put("by", "the hub"));
        await().atMost(PATIENCE).until(() -> has("us", "by", "the hub"));
    }

    @Test
    void changesMadeAtOnceAtTwoNodesEndInOneAndWritesTravelAllTheWhile() {
        CompletableFuture<AgreedTopology> here =
                node("eu").topology(new TopologyPlan.Ring()).toCompletableFuture();
        CompletableFuture<AgreedTopology> there = node("us")
                .topology(PlanText.parse("edges eu->us us->ap ap->eu"))
                .toCompletableFuture();
        join(map("ap").put("while", "changing"));
        here.join();
        there.join();
        await().atMost(PATIENCE)
                .until(() ->
                        topology("eu").equals(topology("us")) && topology("us").equals(topology("ap")));
        assertThat(topology("eu")).isIn(here.join(), there.join());
        for (String name : NAMES) {
            await().atMost(PATIENCE).until(() -> has(name, "while", "changing"));
        }
    }

    @Test
    void aPlanByWhichSomebodyGetsNothingIsRefused() {
        assertThatThrownBy(() -> node("eu").topology(PlanText.parse("edges eu->us us->eu us->ap")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing written in 'ap' would ever reach 'eu'");
        assertThatThrownBy(() -> node("eu").topology(new TopologyPlan.Star("sa")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no data center 'sa': name one of ap, eu, us");
        assertThat(topology("eu").change()).isZero();
    }

    private boolean has(String at, String key, String value) {
        return join(map(at).get(key)) instanceof Found.Value<String> found
                && found.value().equals(value);
    }

    private ReplicatedMap<String> map(String at) {
        return node(at).map("notes", Codec.utf8());
    }

    private AgreedTopology topology(String at) {
        return join(node(at).node().view()).topology();
    }

    private static <T> T join(java.util.concurrent.CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void launch(String name) {
        nodes.put(
                name,
                Entente.launch(EntenteSettings.load()
                        .withName(name + "-1")
                        .withDataCenter(name)
                        .withHost("127.0.0.1")
                        .withPort(Objects.requireNonNull(ports.get(name)))
                        .withSeeds(List.of(new Address("127.0.0.1", Objects.requireNonNull(ports.get("eu")))))
                        .withHttp(false)
                        .withFoundingWait(Duration.ZERO)
                        .withData(directory.resolve(name))
                        .withMembers(List.of("eu-1", "us-1", "ap-1"))));
    }

    private Entente node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private void awaitReady(String name) {
        assertThat(node(name).awaitReady(PATIENCE))
                .as(() -> name + " is ready, but: " + node(name).node().obstacles())
                .isTrue();
    }
}
