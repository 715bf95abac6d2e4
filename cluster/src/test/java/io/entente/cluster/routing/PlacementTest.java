package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final int PARTITIONS = 1_024;

    private static List<NodeId> nodes(int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(new NodeId("eu", "eu-" + i));
        }
        return nodes;
    }

    @Test
    void aPartitionIsHeldBySoManyNodesOrByAllThereAre() {
        assertThat(new Placement(3).holders(5, nodes(5))).hasSize(3).doesNotHaveDuplicates();
        assertThat(new Placement(3).holders(5, nodes(2))).hasSize(2);
    }

    @Test
    void theOrderInWhichNodesAreNamedDoesNotMatter() {
        List<NodeId> shuffled = new ArrayList<>(nodes(7));
        Collections.shuffle(shuffled, new Random(1));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(Placement.ranked(partition, shuffled)).isEqualTo(Placement.ranked(partition, nodes(7)));
        }
    }

    @Test
    void aNodeThatGoesLeavesTheOrderOfTheOthersAsItWas() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<NodeId> before = new ArrayList<>(Placement.ranked(partition, nodes(4)));
            before.remove(new NodeId("eu", "eu-4"));
            assertThat(Placement.ranked(partition, nodes(3))).isEqualTo(before);
        }
    }

    @Test
    void everyNodeLeadsAboutAsManyPartitions() {
        Map<NodeId, Integer> leads = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            leads.merge(Placement.ranked(partition, nodes(4)).get(0), 1, Integer::sum);
        }
        assertThat(leads).hasSize(4);
        assertThat(leads.values()).allSatisfy(count -> assertThat(count).isBetween(180, 332));
    }

    /** The ranks decide where data is: were they others, a cluster would look for it at the wrong nodes. */
    @Test
    void theRanksNeverChange() {
        assertThat(List.of(
                        Placement.ranked(0, nodes(3)).get(0).node(),
                        Placement.ranked(1, nodes(3)).get(0).node(),
                        Placement.ranked(2, nodes(3)).get(0).node(),
                        Placement.ranked(3, nodes(3)).get(0).node(),
                        Placement.ranked(4, nodes(3)).get(0).node()))
                .containsExactly("eu-1", "eu-2", "eu-2", "eu-3", "eu-3");
    }

    @Test
    void fewerThanOneCopyIsRefused() {
        assertThatThrownBy(() -> new Placement(0)).hasMessageContaining("replication factor of 0");
    }
}
