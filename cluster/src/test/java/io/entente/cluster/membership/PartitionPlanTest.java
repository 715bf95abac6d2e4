package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.settings.EntenteSettings;
import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which node is to hold what. */
class PartitionPlanTest {

    private static final int PARTITIONS = 64;
    private static final List<NodeId> NODES = nodes("eu", 5);

    @Test
    void eachPartitionIsHeldBySoManyOfTheNamedNodesOfEachDataCenter() {
        List<NodeId> all = new ArrayList<>(NODES);
        all.addAll(nodes("us", 2));
        PartitionPlan plan = plan(3, all.stream().map(NodeId::toString).toList());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Set<String> members = plan.members(partition);
            Set<String> holders = new TreeSet<>();
            for (NodeId node : all) {
                if (plan.heldBy(node, List.of()).contains(partition)) {
                    holders.add(node.node());
                }
            }
            assertThat(holders).isEqualTo(members).hasSize(5).contains("us-1", "us-2");
        }
    }

    @Test
    void namedNodesHoldTheSameWhoeverIsKnown() {
        PartitionPlan plan = plan(2, NODES.stream().map(NodeId::toString).toList());
        NodeId node = NODES.get(0);
        assertThat(plan.heldBy(node, List.of())).isEqualTo(plan.heldBy(node, NODES));
        assertThat(plan.heldBy(node, List.of())).isNotEqualTo(Partitions.all(PARTITIONS));
    }

    @Test
    void whoKeepsACopyBeyondThePlanFollowsAndOriginatesNothing() {
        PartitionPlan plan = plan(2, NODES.stream().map(NodeId::toString).toList());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Set<String> members = plan.members(partition);
            List<NodeId> ranked = plan.copies(partition, NODES).in("eu");
            assertThat(ranked).hasSize(5);
            assertThat(ranked.subList(0, 2)).allMatch(node -> members.contains(node.node()));
            int now = partition;
            assertThat(NODES.stream().filter(node -> plan.mayOriginate(node, now)))
                    .containsExactlyInAnyOrderElementsOf(ranked.subList(0, 2));
        }
    }

    @Test
    void membersWithoutDataCentersHoldEverything() {
        PartitionPlan plan = plan(2, NODES.stream().map(NodeId::node).toList());
        for (NodeId node : NODES) {
            assertThat(plan.heldBy(node, NODES)).isEqualTo(Partitions.all(PARTITIONS));
        }
        assertThat(plan.members(0)).hasSize(5);
        assertThat(plan.placed()).isEmpty();
    }

    @Test
    void whereQuorumsAreSloppyTheNextByRankStandIn() {
        PartitionPlan strict = plan(2, NODES.stream().map(NodeId::toString).toList());
        PartitionPlan sloppy = sloppy(2, NODES.stream().map(NodeId::toString).toList());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int now = partition;
            List<NodeId> holders = NODES.stream()
                    .filter(node -> sloppy.heldBy(node, List.of()).contains(now))
                    .toList();
            Copies copies = sloppy.copies(partition, holders);
            assertThat(holders).hasSize(3);
            assertThat(copies.homes())
                    .allMatch(node -> strict.heldBy(node, List.of()).contains(now))
                    .hasSize(2);
            assertThat(copies.standIns()).hasSize(1);
            assertThat(copies.in("eu").get(2)).isIn(copies.standIns());
            assertThat(sloppy.members(partition)).as("admitted beforehand").hasSize(3);
        }
    }

    @Test
    void whereNobodyIsNamedPlacementIsOverTheNodesKnown() {
        PartitionPlan plan = plan(2, List.of());
        NodeId node = NODES.get(0);
        assertThat(plan.members(0)).isEmpty();
        assertThat(plan.heldBy(node, List.of())).isEqualTo(Partitions.all(PARTITIONS));
        assertThat(plan.heldBy(node, NODES.subList(0, 2))).isEqualTo(Partitions.all(PARTITIONS));
        assertThat(plan.heldBy(node, nodes("us", 5))).isEqualTo(Partitions.all(PARTITIONS));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int now = partition;
            assertThat(NODES.stream().filter(of -> plan.heldBy(of, NODES).contains(now)))
                    .hasSize(2);
        }
    }

    private static List<NodeId> nodes(String dataCenter, int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(new NodeId(dataCenter, dataCenter + "-" + i));
        }
        return nodes;
    }

    private static PartitionPlan sloppy(int copies, List<String> members) {
        return new PartitionPlan(EntenteSettings.from(
                        ConfigFactory.parseString("entente { mode = leaderless, leaderless.sloppy-quorum = on }"))
                .withPartitions(PARTITIONS)
                .withReplicationFactor(copies)
                .withMembers(members)
                .replication());
    }

    private static PartitionPlan plan(int copies, List<String> members) {
        return new PartitionPlan(EntenteSettings.from(ConfigFactory.empty())
                .withPartitions(PARTITIONS)
                .withReplicationFactor(copies)
                .withMembers(members)
                .replication());
    }
}
