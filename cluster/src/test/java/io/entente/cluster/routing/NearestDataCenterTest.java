package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.message.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NearestDataCenterTest {

    private static final int PARTITION = 3;
    private static final NodeId EU_1 = new NodeId("eu", "eu-1");
    private static final NodeId EU_2 = new NodeId("eu", "eu-2");
    private static final NodeId US_1 = new NodeId("us", "us-1");
    private static final NodeId AP_1 = new NodeId("ap", "ap-1");

    private final Set<NodeId> live = new TreeSet<>(List.of(EU_2, US_1, AP_1));
    private boolean holds;
    private boolean singleLeader;

    private final NearestDataCenter nearest = new NearestDataCenter(
            new Live(EU_1, EU_2), () -> List.of(new Live(US_1), new Live(AP_1)), partition -> holds);

    @Test
    void requestsStayInTheirDataCenterAsLongAsSomebodyThereIsHeard() {
        assertThat(nearest.leaderOf(PARTITION)).contains(EU_2);
        assertThat(nearest.liveHoldersOf(PARTITION)).containsExactly(EU_2);
    }

    @Test
    void thenTheyGoToTheNextOneAndComeBack() {
        live.remove(EU_2);
        assertThat(nearest.leaderOf(PARTITION)).contains(US_1);
        assertThat(nearest.liveHoldersOf(PARTITION)).containsExactly(US_1);
        live.remove(US_1);
        assertThat(nearest.leaderOf(PARTITION)).contains(AP_1);
        assertThat(nearest.liveHoldersOf(PARTITION)).containsExactly(AP_1);
        live.add(EU_1);
        assertThat(nearest.leaderOf(PARTITION)).contains(EU_1);
        live.clear();
        assertThat(nearest.leaderOf(PARTITION)).isEmpty();
        assertThat(nearest.liveHoldersOf(PARTITION)).isEmpty();
    }

    @Test
    void whatThisNodeHoldsIsItsOwnToAnswerFor() {
        live.remove(EU_2);
        holds = true;
        assertThat(nearest.leaderOf(PARTITION)).isEmpty();
        assertThat(nearest.liveHoldersOf(PARTITION)).isEmpty();
    }

    @Test
    void aSingleLeaderIsNotGuessedWhereItIsNotKnown() {
        live.remove(EU_2);
        singleLeader = true;
        assertThat(nearest.leaderOf(PARTITION)).isEmpty();
        assertThat(nearest.liveHoldersOf(PARTITION)).as("reads go on").containsExactly(US_1);
    }

    /** A data center whose first live node leads. */
    private final class Live implements Whereabouts {

        private final List<NodeId> nodes;

        private Live(NodeId... nodes) {
            this.nodes = Arrays.asList(nodes);
        }

        @Override
        public NodeId self() {
            return nodes.get(0);
        }

        @Override
        public Optional<NodeId> leaderOf(int partition) {
            return liveHoldersOf(partition).stream().findFirst();
        }

        @Override
        public boolean hasSingleLeader(int partition) {
            return singleLeader;
        }

        @Override
        public List<NodeId> liveHoldersOf(int partition) {
            return nodes.stream().filter(live::contains).toList();
        }
    }
}
