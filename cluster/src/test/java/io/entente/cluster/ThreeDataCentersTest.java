package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.membership.ClusterView;
import io.entente.cluster.routing.Router;
import io.entente.cluster.verify.VerificationResult;
import io.entente.conflict.Resolvers;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real nodes in one JVM: real sockets, real Akka cluster, real RocksDB. */
class ThreeDataCentersTest {

    @TempDir
    Path directory;

    private ThreeNodes nodes;

    @BeforeEach
    void start() {
        nodes = new ThreeNodes(directory);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void aWriteTravelsToEveryDataCenter() {
        put("eu", "users/alice", "hello");
        for (String name : ThreeNodes.NAMES) {
            awaitValues(name, "users/alice", "hello");
        }
    }

    @Test
    void allDataCentersAreProvedEqual() {
        for (int i = 0; i < 50; i++) {
            put("eu", "users/u" + i, "hello");
        }
        for (String name : ThreeNodes.NAMES) {
            awaitValues(name, "users/u49", "hello");
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            VerificationResult result = nodes.node("us")
                    .verify(Duration.ofSeconds(30))
                    .toCompletableFuture()
                    .join();
            assertThat(result.verdict()).as("%s", result).isEqualTo(VerificationResult.Verdict.EQUAL);
            assertThat(result.rows()).isEqualTo(50);
        });
        assertThat(nodes.node("us").verification().digest())
                .isEqualTo(nodes.node("ap")
                        .verify(Duration.ofSeconds(30))
                        .toCompletableFuture()
                        .join()
                        .digest());
    }

    @Test
    void aLargeValueTravelsInPieces() {
        String large = "x".repeat(900_000);
        put("us", "users/large", large);
        awaitValues("eu", "users/large", large);
    }

    @Test
    void concurrentWritesAcrossACutAreSiblingsAfterItIsMended() {
        nodes.link("eu", "us", true);
        nodes.link("eu", "ap", true);
        put("eu", "users/bob", "at eu");
        put("us", "users/bob", "at us");
        awaitValues("ap", "users/bob", "at us");
        nodes.link("eu", "us", false);
        nodes.link("eu", "ap", false);
        for (String name : ThreeNodes.NAMES) {
            awaitValues(name, "users/bob", "at eu", "at us");
        }
    }

    @Test
    void aCutLinkIsRoutedAround() {
        nodes.link("eu", "us", true);
        put("eu", "users/carol", "round the world");
        awaitValues("us", "users/carol", "round the world");
    }

    @Test
    void aKilledNodeComesBackWithItsDirectoryAndCatchesUp() {
        put("us", "users/dave", "before");
        awaitValues("ap", "users/dave", "before");
        nodes.node("us").halt();
        put("eu", "users/erin", "meanwhile");
        nodes.launch("us");
        nodes.awaitReady("us");
        awaitValues("us", "users/dave", "before");
        awaitValues("us", "users/erin", "meanwhile");
        put("us", "users/dave", "after");
        awaitValues("eu", "users/dave", "after");
    }

    @Test
    void theWholeClusterComesBackAfterAllStopped() {
        put("us", "users/frank", "kept");
        awaitValues("eu", "users/frank", "kept");
        nodes.close();
        nodes.startAll();
        for (String name : ThreeNodes.NAMES) {
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
    void nodesThatResolveAMapDifferentlySeeItOnBothSides() {
        nodes.node("eu").map("carts", Codec.utf8(), Resolvers.named("cart-merge", 2, Resolvers.keepAll()));
        nodes.node("us").map("carts", Codec.utf8(), Resolvers.named("cart-merge", 1, Resolvers.keepAll()));
        nodes.node("ap").map("carts", Codec.utf8(), Resolvers.named("cart-merge", 1, Resolvers.keepAll()));
        NodeId eu = new NodeId("eu", "eu-1");
        NodeId us = new NodeId("us", "us-1");
        NodeId ap = new NodeId("ap", "ap-1");
        awaitElsewhere("eu", Map.of(us, "cart-merge@1", ap, "cart-merge@1"));
        awaitElsewhere("us", Map.of(eu, "cart-merge@2"));
        awaitElsewhere("ap", Map.of(eu, "cart-merge@2"));
        assertThat(nodes.node("us").node().remarks()).singleElement().asString().contains("cart-merge@2 at eu/eu-1");
    }

    private void awaitElsewhere(String name, Map<NodeId, String> resolvers) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.view(name).resolvers())
                        .singleElement()
                        .satisfies(carts -> assertThat(carts.elsewhere()).isEqualTo(resolvers)));
    }

    @Test
    void theViewNamesEveryDataCenter() {
        ClusterView view = nodes.view("eu");
        assertThat(view.dataCenters())
                .extracting(ClusterView.DataCenterView::name)
                .containsExactly("ap", "eu", "us");
        assertThat(view.vectors()).hasSize(8);
    }

    @Test
    void aNodeThatStartsAloneKnowsTheOthersAsDown() {
        put("us", "users/heidi", "kept");
        awaitValues("eu", "users/heidi", "kept");
        nodes.haltAll();
        nodes.launch("eu");
        await().atMost(ThreeNodes.PATIENCE)
                .until(() -> !nodes.view("eu").vectors().isEmpty());
        assertThat(nodes.view("eu").dataCenters())
                .flatExtracting(ClusterView.DataCenterView::nodes)
                .extracting(ClusterView.NodeView::name, ClusterView.NodeView::live)
                .containsExactly(tuple("ap-1", false), tuple("eu-1", true), tuple("us-1", false));
        nodes.node("eu").node().link("eu", "us", true);
        assertThat(nodes.view("eu").links()).anyMatch(link -> link.state() == ClusterView.LinkState.CUT);
    }

    private void put(String at, String key, String value) {
        assertThat(write(at, key, value, WriteConcern.async())).isInstanceOf(Reply.Written.class);
    }

    private Reply write(String at, String key, String value, WriteConcern concern) {
        Router.Write write = new Router.Write(
                key(key), Payload.value(Bytes.utf8(value)), WriteCondition.none(), concern, Duration.ofSeconds(30));
        return nodes.node(at).router().write(write).toCompletableFuture().join();
    }

    private void awaitValues(String at, String key, String... values) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(new TreeSet<>(values(at, key))).containsExactly(values));
    }

    private List<String> values(String at, String key) {
        Router.Read read = new Router.Read(key(key), VersionVector.empty(), Duration.ofSeconds(30));
        Reply.Found found = (Reply.Found)
                nodes.node(at).router().read(read).toCompletableFuture().join();
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
}
