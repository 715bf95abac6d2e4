package io.entente.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.membership.ClusterView.EpochView;
import io.entente.cluster.membership.ClusterView.FollowerView;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.replica.EpochStatus;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /}, {@code /cluster}, {@code /health} and {@code /admin}: what a node says of itself, and what operators may do. */
class NodeContractTest {

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void theClusterIsShownInItsContractsForm() {
        JsonNode cluster = node.get("/cluster").hasStatus(200).json();
        assertThat(cluster.toPrettyString())
                .isEqualTo(Json.object()
                        .put("node", "eu-1")
                        .put("mode", "multi-leader")
                        .put("epoch", 3)
                        .put("faultInjection", true)
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "dataCenters",
                                tree(
                                        "[{'name':'eu','nodes':[{'name':'eu-1','role':'leader','live':true,'leads':[0,1],'holds':[0,1]},{'name':'eu-2','role':'follower','live':false,'leads':[],'holds':[1]}]}]"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "links",
                                tree(
                                        "[{'from':'eu','to':'us','state':'catching-up','lagEntries':17,'lagMillis':250},{'from':'us','to':'eu','state':'down','lagEntries':0,'lagMillis':null}]"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "vectors", tree("{'0':{'" + ScriptedNode.ORIGIN + "':12}}"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set("purgeHeldBackBy", tree("['ap-1']"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "retiring", tree("[{'node':'ap-1','waitsFor':['us-1']}]"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set("retired", tree("['sa-1']"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "topology", tree("{'name':'all-to-all','change':0,'node':'eu-1'}"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "clocks",
                                tree(
                                        "{'state':'right','aheadMillis':-4,'limitMillis':1000,'nodes':[{'name':'us-1','skewMillis':4,'roundTripMillis':81}]}"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "resolvers",
                                tree("[{'map':'carts','resolver':'cart-merge@2','elsewhere':{'us-1':'cart-merge@1'}}]"))
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "joining",
                                tree(
                                        "[{'partition':1,'state':'fetching','from':'us-1','percent':15,'bytes':300,'totalBytes':1000,'bytesPerSecond':100,'secondsLeft':17}]"))
                        .put("stalenessMillis", 250)
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set("standsInFor", tree("{'eu-2':14}"))
                        .set("epochs", tree("[]"))
                        .toPrettyString());
        node.send("HEAD", "/cluster", BodyPublishers.noBody()).hasStatus(200);
    }

    @Test
    void theEpochOfEachPartitionIsShownAndItsLeaderTellsHowFarFollowersAreBehind() {
        NodeId self = new NodeId("eu", "eu-1");
        ReplicationMode led = ReplicationMode.singleLeader(
                new Acknowledgement.SemiSync(2, Optional.of(Duration.ofSeconds(1))), Failover.MANUAL);
        Epoch epoch = new Epoch(new Ballot(7, self), Optional.of(self), led, new TreeSet<>(Set.of("eu-1")), true);
        Epoch early = Epoch.founded(self, led, Set.of("eu-1"));
        node.node.epochs.put(
                0,
                new EpochView(
                        new EpochStatus(epoch, true, true, 2, true),
                        List.of(
                                new FollowerView("us-1", true, 3, Optional.of(40L)),
                                new FollowerView("ap-1", false, 0, Optional.empty()))));
        node.node.epochs.put(1, new EpochView(new EpochStatus(early, false, false, 0, false), List.of()));
        node.node.epochs.put(
                2, new EpochView(new EpochStatus(Epoch.initial(Set.of()), true, false, 0, false), List.of()));
        assertThat(node.get("/cluster").json().path("epochs"))
                .isEqualTo(tree(
                        "[{'partition':0,'mode':'single-leader','epoch':7,'deciding':false,'voters':['eu-1'],'leader':'eu-1','settled':true,'acknowledgement':'semi-sync with 2, degrading after 1000 ms','failover':'manual','degraded':true,'degradedWrites':2,'followers':[{'name':'us-1','live':true,'lagEntries':3,'lagMillis':40},{'name':'ap-1','live':false,'lagEntries':0,'lagMillis':null}]},"
                                + "{'partition':1,'mode':'single-leader','epoch':1,'deciding':true,'voters':['eu-1'],'leader':null,'settled':true,'acknowledgement':'semi-sync with 2, degrading after 1000 ms','failover':'manual'},"
                                + "{'partition':2,'mode':'multi-leader','epoch':0,'deciding':false,'voters':[]}]"));
    }

    @Test
    void aNodeWithoutObstaclesIsReady() {
        assertThat(node.get("/health/ready").hasStatus(200).json()).isEqualTo(tree("{'status':'ready','reasons':[]}"));
        assertThat(node.get("/health/live").hasStatus(200).json()).isEqualTo(tree("{'status':'live','reasons':[]}"));
    }

    @Test
    void aNodeThatIsNotReadySaysWhy() {
        node.node.obstacles = List.of("The store is not open.", "The node has not joined.");
        Answer ready = node.get("/health/ready").hasStatus(503);
        assertThat(ready.json())
                .isEqualTo(
                        tree("{'status':'not-ready','reasons':['The store is not open.','The node has not joined.']}"));
        node.get("/health/live").hasStatus(200);
        node.send("HEAD", "/health/ready", BodyPublishers.noBody()).hasStatus(503);
    }

    @Test
    void aNodeThatServesMayHaveRemarksAllTheSame() {
        node.node.remarks = List.of("the resolver of the map carts is suspended");
        try {
            assertThat(node.get("/health/ready").hasStatus(200).json())
                    .isEqualTo(
                            tree(
                                    "{'status':'ready','reasons':[],'remarks':['the resolver of the map carts is suspended']}"));
        } finally {
            node.node.remarks = List.of();
        }
    }

    @Test
    void everyReasonHasACodeForAlarms() {
        node.node.reasons = new TreeSet<>(Set.of(HealthReason.STORE_FAILED, HealthReason.DISK_FULL));
        try {
            assertThat(node.get("/health/ready").hasStatus(200).json().path("codes"))
                    .isEqualTo(tree("['store-failed','disk-full']"));
            assertThat(node.get("/health/live").hasStatus(200).json().path("codes"))
                    .isEqualTo(tree("['store-failed']"));
            assertThat(node.get("/metrics").hasStatus(200).text())
                    .contains("entente_health_reason{reason=\"disk-full\"} 1.0")
                    .contains("entente_health_reason{reason=\"clock-off\"} 0.0");
        } finally {
            node.node.reasons = new TreeSet<>();
        }
        assertThat(node.get("/metrics").text()).contains("entente_health_reason{reason=\"disk-full\"} 0.0");
    }

    @Test
    void aNodeThatIsNotAliveSaysWhy() {
        node.node.failures = List.of("The store has failed.");
        assertThat(node.get("/health/live").hasStatus(503).json())
                .isEqualTo(tree("{'status':'not-live','reasons':['The store has failed.']}"));
    }

    @Test
    void aLinkIsCutAndMended() {
        node.post(
                        "/admin/links",
                        "{\"from\":\"eu\",\"to\":\"us\",\"state\":\"cut\"}",
                        "Content-Type",
                        "application/json")
                .hasStatus(204);
        node.post("/admin/links", "{\"from\":\"eu\",\"to\":\"us\",\"state\":\"up\"}")
                .hasStatus(204);
        assertThat(node.node.links).containsExactly("eu->us cut", "eu->us up");
    }

    @Test
    void linksAreNotTouchedWhereFaultInjectionIsOff() {
        node.node.faultInjection = false;
        Answer refused = node.post("/admin/links", "{\"from\":\"eu\",\"to\":\"us\",\"state\":\"cut\"}")
                .isProblem(403, "fault-injection-off");
        assertThat(refused.detail()).contains("entente.fault-injection = on");
        assertThat(node.node.links).isEmpty();
    }

    @Test
    void theFirstPageSaysWhereThingsAre() {
        assertThat(node.get("/").hasStatus(200).text())
                .contains("/maps/{map}/{key}", "/cluster", "/health/ready", "/admin/links", "/admin/topology");
    }

    @Test
    void aLinkIsCutAtAllNodesOfItsTwoDataCentersAndNowhereElse() {
        node.elsewhere.nodes.add(ScriptedElsewhere.US);
        node.elsewhere.nodes.add(ScriptedElsewhere.SILENT);
        node.post("/admin/links", "{\"from\":\"eu\",\"to\":\"us\",\"state\":\"cut\",\"everywhere\":true}")
                .hasStatus(204);
        assertThat(node.node.links).containsExactly("eu->us cut");
        assertThat(node.elsewhere.links).containsExactly("us-1: eu->us cut");
    }

    @Test
    void aNodeThatDidNotHearOfACutIsNamed() {
        node.elsewhere.nodes.add(ScriptedElsewhere.US);
        node.elsewhere.nodes.add(ScriptedElsewhere.SILENT);
        Answer partly = node.post(
                        "/admin/links", "{\"from\":\"us\",\"to\":\"ap\",\"state\":\"cut\",\"everywhere\":true}")
                .isProblem(503, "partly-done");
        assertThat(partly.detail()).contains("ap-1", "no answer").doesNotContain("us-1");
        assertThat(node.node.links).isEmpty();
        assertThat(node.elsewhere.links).containsExactly("us-1: us->ap cut");
    }

    @Test
    void anotherDataCenterIsUnderItsName() {
        node.put("/at/eu/maps/m/k", "1").hasStatus(204);
        assertThat(node.get("/maps/m/k").hasStatus(200).text()).isEqualTo("1");
        assertThat(node.get("/at/eu/maps/m").hasStatus(200).json().path("entries"))
                .hasSize(1);
        node.get("/at/nowhere/maps/m/k").isProblem(404, "no-such-path");
        node.get("/at/eu/maps").isProblem(404, "no-such-path");
        node.get("/at/eu/cluster").isProblem(404, "no-such-path");
        node.get("/maps/a/b/c").isProblem(404, "no-such-path");
        node.put("/at/eu/maps/m", "1").isProblem(405, "method-not-allowed");
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
