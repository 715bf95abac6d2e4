package io.entente.core.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadConcernTest {

    private static final NodeId EU_1 = new NodeId("eu", "eu-1");
    private static final NodeId EU_2 = new NodeId("eu", "eu-2");
    private static final NodeId EU_3 = new NodeId("eu", "eu-3");
    private static final NodeId US_1 = new NodeId("us", "us-1");
    private static final NodeId US_2 = new NodeId("us", "us-2");
    private static final List<NodeId> ALL = List.of(EU_1, EU_2, EU_3, US_1, US_2);
    private static final Copies COPIES = Copies.of(ALL);

    @Test
    void aReadHereAsksNobody() {
        for (ReadConcern here : List.of(ReadConcern.local(), ReadConcern.session())) {
            assertThat(here.asksCopies()).isFalse();
            assertThat(here.asked(EU_1, COPIES)).isEmpty();
            assertThat(here.enough(EU_1, List.of(), COPIES)).isTrue();
        }
        assertThat(ReadConcern.local().waitsForSession()).isFalse();
        assertThat(ReadConcern.session().waitsForSession()).isTrue();
    }

    @Test
    void aLocalQuorumIsOfTheReadersDataCenter() {
        ReadConcern local = ReadConcern.localQuorum();
        assertThat(local.asked(EU_2, COPIES)).containsExactly(EU_1, EU_2, EU_3);
        assertThat(local.enough(EU_2, List.of(EU_1, US_1, US_2), COPIES)).isFalse();
        assertThat(local.enough(EU_2, List.of(EU_1, EU_3), COPIES)).isTrue();
        assertThat(local.enough(US_1, List.of(US_1), COPIES)).isFalse();
    }

    @Test
    void aNodeThatHoldsNoCopyDoesNotCount() {
        NodeId standIn = new NodeId("ap", "ap-1");
        assertThat(ReadConcern.replicas(2).enough(EU_1, List.of(EU_1, standIn), COPIES))
                .isFalse();
    }

    @Test
    void aReadAndAWriteThatTogetherAskMoreThanAllHaveACopyInCommon() {
        for (List<NodeId> having : subsets(ALL)) {
            for (List<NodeId> answered : subsets(ALL)) {
                for (int written = 1; written <= ALL.size(); written++) {
                    ReadConcern read = ReadConcern.replicas(ALL.size() + 1 - written);
                    boolean acknowledged = having.contains(EU_1)
                            && WriteConcern.replicas(written).enough(Evidence.of(EU_1, having, COPIES));
                    if (acknowledged && read.enough(US_1, answered, COPIES)) {
                        assertThat(answered).containsAnyElementsOf(having);
                    }
                }
            }
        }
    }

    @Test
    void twoQuorumsMeet() {
        for (List<NodeId> having : subsets(ALL)) {
            List<NodeId> rest = new ArrayList<>(ALL);
            rest.removeAll(having);
            assertThat(ReadConcern.quorum().enough(EU_1, having, COPIES)
                            && ReadConcern.quorum().enough(US_1, rest, COPIES))
                    .isFalse();
        }
    }

    @Test
    void aCountOutOfRangeIsRefused() {
        assertThatThrownBy(() -> ReadConcern.replicas(0))
                .hasMessageContaining("0")
                .hasMessageContaining("ask for 1 to");
        assertThatThrownBy(() -> ReadConcern.replicas(1_001)).hasMessageContaining("1001");
    }

    @Test
    void aConcernIsParsedFromItsName() {
        for (String name : List.of("local", "session", "local-quorum", "quorum", "1", "1000")) {
            assertThat(ReadConcern.parse(name)).hasToString(name);
        }
        for (String none : List.of("", "0", "1001", "-1", "all", "Quorum", "99999999999")) {
            assertThatThrownBy(() -> ReadConcern.parse(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + none + "'")
                    .hasMessageContaining("a number of copies");
        }
    }

    private static List<List<NodeId>> subsets(List<NodeId> nodes) {
        List<List<NodeId>> subsets = new ArrayList<>();
        for (int chosen = 0; chosen < 1 << nodes.size(); chosen++) {
            List<NodeId> subset = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                if ((chosen & 1 << i) != 0) {
                    subset.add(nodes.get(i));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }
}
