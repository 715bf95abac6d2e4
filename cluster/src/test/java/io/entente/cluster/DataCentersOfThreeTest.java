package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.PageRequest;
import io.entente.cluster.map.ReadOptions;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.membership.ClusterView.Role;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.NodeId;
import io.entente.core.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two data centers of three nodes in one JVM, each partition at two nodes of each: real sockets, real Akka cluster, real RocksDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataCentersOfThreeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 6;
    private static final List<NodeId> NODES = nodes();
    private static final int KEYS = 40;

    @TempDir
    static Path directory;

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Entente> running = new LinkedHashMap<>();

    @BeforeAll
    void start() {
        ports.putAll(FreePorts.of(NODES.stream().map(NodeId::node).toList()));
        NODES.forEach(this::launch);
        NODES.forEach(node -> awaitReady(node.node()));
        running.keySet().forEach(this::awaitLeadersOf);
    }

    @AfterAll
    void stop() {
        running.values().forEach(Entente::halt);
    }

    @Test
    void everyNodeTakesWritesAndGivesWhatAnyOtherTook() throws Exception {
        for (int i = 0; i < KEYS; i++) {
            String at = NODES.get(i % NODES.size()).node();
            Written written = soon(map(at).put("k" + i, "v" + i, WriteOptions.localQuorum()));
            assertThat(written.dot().origin().dataCenter()).isEqualTo(at.substring(0, 2));
            assertThat(value(at, "k" + i, written)).contains("v" + i);
        }
        for (NodeId node : NODES) {
            for (int i = 0; i < KEYS; i++) {
                awaitValue(node.node(), "k" + i, "v" + i);
            }
            assertThat(keys(node.node(), "k")).hasSize(KEYS);
        }
        String large = "x".repeat(1 << 20);
        for (NodeId node : NODES) {
            Written written = soon(map(node.node()).put("large", large));
            assertThat(value(node.node(), "large", written)).contains(large);
        }
    }

    @Test
    void operationsAtEveryNodeCountOnceAtAll() throws Exception {
        List<String> keys = List.of("a", "b", "c", "d", "e");
        for (NodeId at : NODES) {
            var counters = node(at.node()).counter("hits");
            for (String key : keys) {
                Written written = soon(counters.increment(key, 1));
                assertThat(soon(counters.get(key, ReadOptions.session(written.session())))
                                .asOptional())
                        .isPresent();
            }
        }
        Optional<Long> all = Optional.of((long) NODES.size());
        for (NodeId at : NODES) {
            var counters = node(at.node()).counter("hits");
            for (String key : keys) {
                await().atMost(PATIENCE).until(() -> soon(counters.get(key)).asOptional(), all::equals);
            }
            assertThat(soon(counters.entries(PageRequest.of(""))).entries()).hasSize(keys.size());
        }
    }

    @Test
    void eachPartitionHasOneLeaderInEachDataCenterAndOneFollower() {
        awaitLeadersOf("eu-1");
        for (String dataCenter : List.of("eu", "us")) {
            List<NodeView> nodes = nodesOf(dataCenter, "eu-1");
            List<Integer> led = new ArrayList<>();
            List<Integer> held = new ArrayList<>();
            nodes.forEach(node -> {
                led.addAll(node.leads());
                held.addAll(node.holds());
                assertThat(node.role()).isEqualTo(node.leads().isEmpty() ? Role.FOLLOWER : Role.LEADER);
            });
            assertThat(led).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
            assertThat(held).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
        }
    }

    @Test
    void whatAQuorumOfTheDataCenterHasIsThereAfterItsLeaderDiedAndTheRestOnceItIsBack() throws Exception {
        String victim = leaderWithMost("eu");
        String survivor = others("eu", victim).get(0);
        for (int i = 0; i < KEYS; i++) {
            soon(map(survivor).put("quorum" + i, "v", WriteOptions.localQuorum()));
            soon(map(survivor).put("async" + i, "v"));
        }
        node(victim).halt();
        running.remove(victim);
        for (int i = 0; i < KEYS; i++) {
            awaitWritten(survivor, "after" + i);
        }
        for (int i = 0; i < KEYS; i++) {
            awaitValue(survivor, "after" + i, "v");
            awaitValue(survivor, "quorum" + i, "v");
        }
        launch(NODES.stream()
                .filter(node -> node.node().equals(victim))
                .findFirst()
                .orElseThrow());
        awaitReady(victim);
        for (String node : List.of(survivor, victim, "us-2")) {
            for (int i = 0; i < KEYS; i++) {
                awaitValue(node, "async" + i, "v");
                awaitValue(node, "quorum" + i, "v");
                awaitValue(node, "after" + i, "v");
            }
        }
    }

    @Test
    void anUpdateAtAFollowerSeesWhatTheLeaderHas() throws Exception {
        for (int i = 0; i < KEYS; i++) {
            String at = NODES.get(i % 3).node();
            soon(map(at).update("counter", old -> Integer.toString(Integer.parseInt(old.orElse("0")) + 1)));
        }
        awaitValue("us-3", "counter", Integer.toString(KEYS));
    }

    /** A write may be refused or remain unanswered while nobody leads; what it wrote then is the same. */
    private void awaitWritten(String at, String key) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> soon(map(at).put(key, "v", WriteOptions.async().timeout(Duration.ofSeconds(2)))) != null);
    }

    private void awaitLeadersOf(String at) {
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).untilAsserted(() -> {
            for (String dataCenter : List.of("eu", "us")) {
                TreeSet<Integer> led = new TreeSet<>();
                nodesOf(dataCenter, at).forEach(node -> led.addAll(node.leads()));
                assertThat(led)
                        .as("leaders in %s as %s sees them: %s", dataCenter, at, nodesOf(dataCenter, at))
                        .hasSize(PARTITIONS);
            }
        });
    }

    private String leaderWithMost(String dataCenter) {
        return nodesOf(dataCenter, dataCenter + "-1").stream()
                .max(Comparator.comparingInt(node -> node.leads().size()))
                .orElseThrow()
                .name();
    }

    private static List<String> others(String dataCenter, String but) {
        return NODES.stream()
                .filter(node -> node.dataCenter().equals(dataCenter))
                .map(NodeId::node)
                .filter(name -> !name.equals(but))
                .toList();
    }

    private List<NodeView> nodesOf(String dataCenter, String at) {
        ClusterView view = node(at).node().view().toCompletableFuture().join();
        return view.dataCenters().stream()
                .filter(one -> one.name().equals(dataCenter))
                .flatMap(one -> one.nodes().stream())
                .toList();
    }

    private void awaitValue(String at, String key, String value) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(valueOf(soon(map(at).get(key))))
                        .as("%s at %s", key, at)
                        .contains(value));
    }

    private Optional<String> value(String at, String key, Written after) throws Exception {
        return valueOf(soon(map(at).get(key, ReadOptions.session(after.session()))));
    }

    private static Optional<String> valueOf(Found<String> found) {
        return found.asOptional();
    }

    private List<String> keys(String at, String prefix) throws Exception {
        List<String> keys = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.of(prefix).limit(7));
        while (next.isPresent()) {
            var page = soon(map(at).entries(next.get()));
            page.entries().forEach(entry -> keys.add(entry.key()));
            next = page.next().map(PageRequest.of(prefix).limit(7)::after);
        }
        assertThat(keys).isSorted().doesNotHaveDuplicates();
        return keys;
    }

    private ReplicatedMap<String> map(String at) {
        return node(at).map("notes", Codec.utf8());
    }

    private void launch(NodeId node) {
        running.put(node.node(), Entente.launch(settings(node)));
    }

    private EntenteSettings settings(NodeId node) {
        return EntenteSettings.load()
                .withName(node.node())
                .withDataCenter(node.dataCenter())
                .withHost("127.0.0.1")
                .withPort(port(node.node()))
                .withSeeds(List.of(new Address("127.0.0.1", port("eu-1")), new Address("127.0.0.1", port("us-1"))))
                .withHttp(false)
                .withFoundingWait(Duration.ZERO)
                .withData(directory.resolve(node.node()))
                .withDurability(Durability.OS)
                .withPartitions(PARTITIONS)
                .withReplicationFactor(2)
                .withMembers(NODES.stream().map(NodeId::toString).toList());
    }

    private int port(String name) {
        return Objects.requireNonNull(ports.get(name));
    }

    private Entente node(String name) {
        return Objects.requireNonNull(running.get(name));
    }

    private void awaitReady(String name) {
        assertThat(node(name).awaitReady(PATIENCE))
                .as(() -> name + " is ready, but: " + node(name).node().obstacles())
                .isTrue();
    }

    private static List<NodeId> nodes() {
        List<NodeId> nodes = new ArrayList<>();
        for (String dataCenter : List.of("eu", "us")) {
            for (int i = 1; i <= 3; i++) {
                nodes.add(new NodeId(dataCenter, dataCenter + "-" + i));
            }
        }
        return nodes;
    }

    private static <T> T soon(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
