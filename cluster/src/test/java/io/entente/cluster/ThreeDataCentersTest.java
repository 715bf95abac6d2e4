package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.routing.Router;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Version;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real nodes in one JVM: real sockets, real Akka cluster, real RocksDB. */
class ThreeDataCentersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES = List.of("eu", "us", "ap");

    @TempDir
    Path directory;

    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Entente> nodes = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        NAMES.forEach(name -> ports.put(name, freePort()));
        NAMES.forEach(this::launch);
        NAMES.forEach(this::awaitReady);
        NAMES.forEach(this::awaitAcquainted);
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(Entente::close);
    }

    @Test
    void aWriteTravelsToEveryDataCenter() {
        put("eu", "users/alice", "hello");
        for (String name : NAMES) {
            awaitValues(name, "users/alice", "hello");
        }
    }

    @Test
    void aLargeValueTravelsInPieces() {
        String large = "x".repeat(900_000);
        put("us", "users/large", large);
        awaitValues("eu", "users/large", large);
    }

    @Test
    void concurrentWritesAcrossACutAreSiblingsAfterItIsMended() {
        link("eu", "us", true);
        link("eu", "ap", true);
        put("eu", "users/bob", "at eu");
        put("us", "users/bob", "at us");
        awaitValues("ap", "users/bob", "at us");
        link("eu", "us", false);
        link("eu", "ap", false);
        for (String name : NAMES) {
            awaitValues(name, "users/bob", "at eu", "at us");
        }
    }

    @Test
    void aCutLinkIsRoutedAround() {
        link("eu", "us", true);
        put("eu", "users/carol", "round the world");
        awaitValues("us", "users/carol", "round the world");
    }

    @Test
    void aKilledNodeComesBackWithItsDirectoryAndCatchesUp() {
        put("us", "users/dave", "before");
        awaitValues("ap", "users/dave", "before");
        node("us").halt();
        put("eu", "users/erin", "meanwhile");
        launch("us");
        awaitReady("us");
        awaitValues("us", "users/dave", "before");
        awaitValues("us", "users/erin", "meanwhile");
        put("us", "users/dave", "after");
        awaitValues("eu", "users/dave", "after");
    }

    @Test
    void theWholeClusterComesBackAfterAllStopped() {
        put("us", "users/frank", "kept");
        awaitValues("eu", "users/frank", "kept");
        nodes.values().forEach(Entente::close);
        NAMES.forEach(this::launch);
        NAMES.forEach(this::awaitReady);
        for (String name : NAMES) {
            awaitValues(name, "users/frank", "kept");
        }
        put("eu", "users/frank", "changed");
        awaitValues("ap", "users/frank", "changed");
    }

    @Test
    void aWriteConcernOfAllDataCentersIsMet() {
        Reply reply = write("eu", "users/grace", "everywhere", WriteConcern.dataCenters(3));
        assertThat(reply).isInstanceOf(Reply.Written.class);
        assertThat(values("us", "users/grace")).containsExactly("everywhere");
        assertThat(values("ap", "users/grace")).containsExactly("everywhere");
    }

    @Test
    void theViewNamesEveryDataCenter() {
        ClusterView view = view("eu");
        assertThat(view.dataCenters())
                .extracting(ClusterView.DataCenterView::name)
                .containsExactly("ap", "eu", "us");
        assertThat(view.vectors()).hasSize(8);
    }

    @Test
    void aNodeThatStartsAloneKnowsTheOthersAsDown() {
        put("us", "users/heidi", "kept");
        awaitValues("eu", "users/heidi", "kept");
        nodes.values().forEach(Entente::halt);
        launch("eu");
        await().atMost(PATIENCE).until(() -> !view("eu").vectors().isEmpty());
        assertThat(view("eu").dataCenters())
                .flatExtracting(ClusterView.DataCenterView::nodes)
                .extracting(ClusterView.NodeView::name, ClusterView.NodeView::live)
                .containsExactly(tuple("ap-1", false), tuple("eu-1", true), tuple("us-1", false));
        node("eu").node().link("eu", "us", true);
        assertThat(view("eu").links()).anyMatch(link -> link.state() == ClusterView.LinkState.CUT);
    }

    @Test
    void aThreeWayMergeSeesTheSameAncestorEverywhere() {
        NAMES.forEach(this::stock);
        stock("eu").put("apples", 100).toCompletableFuture().join();
        NAMES.forEach(name -> awaitValue(stock(name), "apples", 100));
        link("eu", "us", true);
        link("us", "ap", true);
        stock("eu").put("apples", 110).toCompletableFuture().join();
        stock("us").put("apples", 95).toCompletableFuture().join();
        link("eu", "us", false);
        link("us", "ap", false);
        NAMES.forEach(name -> awaitValue(stock(name), "apples", 105));
    }

    /** The ancestor, and what each sibling has added to it. */
    private static final class AddingUp implements ConflictResolver<Integer> {

        @Override
        public Resolution<Integer> resolve(Conflict<Integer> conflict) {
            int base = conflict.ancestor().flatMap(Version::value).orElseThrow();
            return Resolution.merged(base
                    + conflict.live().stream()
                            .mapToInt(version -> version.value().orElseThrow() - base)
                            .sum());
        }

        @Override
        public boolean needsAncestor() {
            return true;
        }
    }

    private ReplicatedMap<Integer> stock(String name) {
        return node(name).map("stock", Codec.json(Integer.class), new AddingUp());
    }

    private static void awaitValue(ReplicatedMap<Integer> map, String key, int value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                map.get(key).toCompletableFuture().join().asOptional())
                        .contains(value));
    }

    private void awaitAcquainted(String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view(name).links())
                        .hasSize(4)
                        .allMatch(link -> link.state() == ClusterView.LinkState.UP));
    }

    private ClusterView view(String name) {
        return node(name).node().view().toCompletableFuture().join();
    }

    private void launch(String name) {
        nodes.put(name, Entente.launch(settings(name)));
    }

    private EntenteSettings settings(String name) {
        return EntenteSettings.load()
                .withName(name + "-1")
                .withDataCenter(name)
                .withHost("127.0.0.1")
                .withPort(port(name))
                .withSeeds(List.of(new Address("127.0.0.1", port("eu"))))
                .withHttp(false)
                .withFoundingWait(Duration.ZERO)
                .withData(directory.resolve(name))
                .withMembers(List.of("eu-1", "us-1", "ap-1"))
                .withFaultInjection(true);
    }

    private int port(String name) {
        return Objects.requireNonNull(ports.get(name));
    }

    private Entente node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private void awaitReady(String name) {
        assertThat(node(name).awaitReady(PATIENCE))
                .as(() -> name + " is ready, but: " + node(name).node().obstacles())
                .isTrue();
    }

    private void link(String a, String b, boolean cut) {
        node(a).node().link(a, b, cut);
        node(a).node().link(b, a, cut);
        node(b).node().link(a, b, cut);
        node(b).node().link(b, a, cut);
    }

    private void put(String at, String key, String value) {
        assertThat(write(at, key, value, WriteConcern.async())).isInstanceOf(Reply.Written.class);
    }

    private Reply write(String at, String key, String value, WriteConcern concern) {
        Router.Write write = new Router.Write(
                key(key), Payload.value(Bytes.utf8(value)), WriteCondition.none(), concern, Duration.ofSeconds(30));
        return node(at).router().write(write).toCompletableFuture().join();
    }

    private void awaitValues(String at, String key, String... values) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(new TreeSet<>(values(at, key))).containsExactly(values));
    }

    private List<String> values(String at, String key) {
        Router.Read read = new Router.Read(key(key), VersionVector.empty(), Duration.ofSeconds(30));
        Reply.Found found =
                (Reply.Found) node(at).router().read(read).toCompletableFuture().join();
        List<String> values = new ArrayList<>();
        found.siblings()
                .versions()
                .forEach(version ->
                        values.add(((Payload.Value) version.payload()).content().utf8()));
        return values;
    }

    private static RecordKey key(String text) {
        String[] parts = text.split("/", 2);
        return new RecordKey(parts[0], parts[1]);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
