package io.entente.core.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteConcernTest {

    private static final NodeId EU_1 = new NodeId("eu", "eu-1");
    private static final NodeId EU_2 = new NodeId("eu", "eu-2");
    private static final NodeId EU_3 = new NodeId("eu", "eu-3");
    private static final NodeId US_1 = new NodeId("us", "us-1");
    private static final NodeId US_2 = new NodeId("us", "us-2");
    private static final Copies COPIES = Copies.of(List.of(EU_1, EU_2, EU_3, US_1, US_2));

    private static Evidence held(NodeId... holders) {
        return Evidence.of(EU_1, List.of(holders), COPIES);
    }

    @Test
    void theAcceptingReplicaIsEnoughForAsync() {
        assertThat(WriteConcern.async().enough(held())).isTrue();
    }

    @Test
    void replicasAreCountedWhereverTheyAre() {
        assertThat(WriteConcern.replicas(3).enough(held(EU_2))).isFalse();
        assertThat(WriteConcern.replicas(3).enough(held(EU_2, US_1))).isTrue();
    }

    @Test
    void dataCentersAreCountedOnce() {
        assertThat(WriteConcern.dataCenters(2).enough(held(EU_2, EU_3))).isFalse();
        assertThat(WriteConcern.dataCenters(2).enough(held(US_2))).isTrue();
    }

    @Test
    void aLocalQuorumIsMoreThanHalfOfTheDataCentersCopies() {
        assertThat(WriteConcern.localQuorum().enough(held(US_1, US_2))).isFalse();
        assertThat(WriteConcern.localQuorum().enough(held(EU_3))).isTrue();
    }

    @Test
    void aQuorumIsMoreThanHalfOfAllCopies() {
        assertThat(WriteConcern.quorum().enough(held(US_1))).isFalse();
        assertThat(WriteConcern.quorum().enough(held(US_1, US_2))).isTrue();
    }

    @Test
    void halfIsNoQuorum() {
        Copies two = Copies.of(List.of(EU_1, EU_2));
        assertThat(WriteConcern.localQuorum().enough(Evidence.of(EU_1, List.of(), two)))
                .isFalse();
        assertThat(WriteConcern.localQuorum().enough(Evidence.of(EU_1, List.of(EU_2), two)))
                .isTrue();
    }

    @Test
    void aNodeThatHoldsNoCopyByRightIsNoPartOfAQuorum() {
        NodeId former = new NodeId("eu", "eu-9");
        assertThat(WriteConcern.localQuorum().enough(held(former))).isFalse();
    }

    @Test
    void aCountOutOfRangeIsRefused() {
        assertThatThrownBy(() -> WriteConcern.replicas(0)).hasMessageContaining("write concern of 0");
        assertThatThrownBy(() -> WriteConcern.dataCenters(1_001)).hasMessageContaining("1001");
    }

    @Test
    void aConcernCanBeMetExactlyWhenAllCopiesTogetherAreEnough() {
        Evidence all = held(EU_1, EU_2, EU_3, US_1, US_2);
        for (int count = 1; count < 8; count++) {
            for (WriteConcern concern : List.of(WriteConcern.replicas(count), WriteConcern.dataCenters(count))) {
                assertThat(concern.impossible(COPIES, 0).isEmpty())
                        .as(concern.toString())
                        .isEqualTo(concern.enough(all));
            }
        }
        for (String name : List.of("sync", "local-quorum", "quorum")) {
            assertThat(WriteConcern.parse(name).impossible(COPIES, 0)).as(name).isEmpty();
        }
    }

    @Test
    void whoIsNotKnownYetMayComeInADataCenterOfItsOwn() {
        assertThat(WriteConcern.replicas(6).impossible(COPIES, 1)).isEmpty();
        assertThat(WriteConcern.dataCenters(3).impossible(COPIES, 1)).isEmpty();
        assertThat(WriteConcern.replicas(7).impossible(COPIES, 1))
                .get()
                .asString()
                .contains("7 copies", "6 at the most");
        assertThat(WriteConcern.dataCenters(4).impossible(COPIES, 1))
                .get()
                .asString()
                .contains("4 data centers", "3 at the most", "[eu, us]");
    }

    @Test
    void aStandInIsNoCopyMore() {
        Copies sloppy = COPIES.standingIn(List.of(US_2));
        assertThat(WriteConcern.replicas(5).impossible(sloppy, 0))
                .get()
                .asString()
                .contains("the partition has 4");
    }

    @Test
    void aConcernIsParsedFromItsName() {
        for (String name : List.of("async", "sync", "local-quorum", "quorum", "2", "1000", "1dc", "3dc")) {
            assertThat(WriteConcern.parse(name)).hasToString(name);
        }
        assertThat(WriteConcern.parse("semi-sync")).isEqualTo(WriteConcern.replicas(2));
        assertThat(WriteConcern.parse("1")).isEqualTo(WriteConcern.async());
        for (String none : List.of("", "0", "1001", "-1", "0dc", "2 dc", "Quorum", "99999999999")) {
            assertThatThrownBy(() -> WriteConcern.parse(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + none + "'")
                    .hasMessageContaining("a number of replicas");
        }
    }
}
