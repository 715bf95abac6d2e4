package io.entente.core.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.Acknowledgement;
import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {

    private static final NodeId EU_1 = new NodeId("eu", "eu-1");
    private static final NodeId EU_2 = new NodeId("eu", "eu-2");
    private static final NodeId US_1 = new NodeId("us", "us-1");
    private static final NodeId US_2 = new NodeId("us", "us-2");
    private static final Copies COPIES = Copies.of(List.of(EU_1, EU_2, US_1, US_2));

    private static boolean enough(Acknowledgement acknowledgement, NodeId... having) {
        return WriteConcern.of(acknowledgement).enough(Evidence.of(US_1, List.of(having), COPIES));
    }

    @Test
    void asynchronouslyTheLeaderAloneSuffices() {
        assertThat(enough(Acknowledgement.async())).isTrue();
    }

    @Test
    void semiSynchronouslyAnyFollowersDo() {
        assertThat(enough(Acknowledgement.semiSync(2), EU_1)).isFalse();
        assertThat(enough(Acknowledgement.semiSync(2), EU_1, US_2)).isTrue();
        assertThat(enough(Acknowledgement.semiSync(2), EU_2, EU_1)).isTrue();
    }

    @Test
    void synchronouslyAllHaveToHaveIt() {
        assertThat(enough(Acknowledgement.sync(), EU_1, EU_2)).isFalse();
        assertThat(enough(Acknowledgement.sync(), EU_1, EU_2, US_2)).isTrue();
    }

    @Test
    void aChainStaysInItsLeadersDataCenterFirst() {
        assertThat(Chain.of(US_1, COPIES).order()).containsExactly(US_1, US_2, EU_1, EU_2);
        assertThat(Chain.of(EU_2, COPIES).order()).containsExactly(EU_2, EU_1, US_1, US_2);
    }

    @Test
    void inAChainTheTailAnswersForAll() {
        assertThat(enough(Acknowledgement.chain(), US_2, EU_1)).isFalse();
        assertThat(enough(Acknowledgement.chain(), EU_2)).isTrue();
    }

    @Test
    void theOneBeforeInAChainIsTheNearest() {
        Chain chain = Chain.of(US_1, COPIES);
        assertThat(chain.placesBefore(US_2, EU_1)).isEqualTo(1);
        assertThat(chain.placesBefore(US_1, EU_1)).isEqualTo(2);
        assertThat(chain.placesBefore(EU_2, EU_1)).as("it comes after").isEqualTo(5);
    }

    @Test
    void aQuorumUnderALeaderTakesAMajorityOfThoseWhoElectIt() {
        Evidence evidence = Evidence.of(US_1, List.of(EU_1, US_2), COPIES);
        assertThat(WriteConcern.quorum().enough(evidence)).isTrue();
        assertThat(WriteConcern.quorum().enough(evidence.withVoters(Set.of("eu-1", "us-1", "eu-2"))))
                .isTrue();
        assertThat(WriteConcern.quorum().enough(evidence.withVoters(Set.of("eu-1", "eu-2", "x"))))
                .isFalse();
    }

    @Test
    void followersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Acknowledgement.semiSync(0)).hasMessageContaining("0 followers");
        assertThatThrownBy(() -> new Acknowledgement.SemiSync(1, Optional.of(Duration.ofNanos(5))))
                .hasMessageContaining("would never wait");
    }
}
