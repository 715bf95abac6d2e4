package io.entente.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BallotTest {

    private static final NodeId EU = new NodeId("eu", "eu-1");
    private static final NodeId US = new NodeId("us", "us-1");

    @Test
    void theLaterRoundIsLaterAndInARoundTheLaterName() {
        Ballot first = Ballot.zero().next(US);
        assertThat(first.isAfter(Ballot.zero())).isTrue();
        assertThat(first.next(EU).isAfter(first)).isTrue();
        assertThat(first.isAfter(Ballot.zero().next(EU))).isTrue();
        assertThat(Ballot.later(first, first.next(EU))).isEqualTo(first.next(EU));
    }

    @Test
    void noTwoNodesStandForTheSame() {
        assertThat(Ballot.zero().next(EU)).isNotEqualTo(Ballot.zero().next(US));
    }

    @Test
    void moreThanHalfOfTheVotersAreAMajorityWhoeverElseAgrees() {
        Epoch epoch = Epoch.initial(List.of("a", "b", "c", "d"));
        assertThat(epoch.isMajority(List.of("a", "b"))).isFalse();
        assertThat(epoch.isMajority(List.of("a", "b", "x", "y"))).isFalse();
        assertThat(epoch.isMajority(List.of("a", "b", "d"))).isTrue();
    }

    @Test
    void twoMajoritiesOfOneSetOfVotersMeet() {
        List<String> voters = List.of("a", "b", "c", "d", "e");
        Epoch epoch = Epoch.initial(voters);
        for (int chosen = 0; chosen < 32; chosen++) {
            TreeSet<String> some = new TreeSet<>();
            TreeSet<String> rest = new TreeSet<>();
            for (int i = 0; i < 5; i++) {
                ((chosen & 1 << i) != 0 ? some : rest).add(voters.get(i));
            }
            assertThat(epoch.isMajority(some)).isNotEqualTo(epoch.isMajority(rest));
        }
    }

    @Test
    void anEpochWithoutASingleLeaderNamesNone() {
        assertThatThrownBy(() -> new Epoch(
                        Ballot.zero(), Optional.of(EU), ReplicationMode.multiLeader(), new TreeSet<>(), false))
                .hasMessageContaining("multi-leader")
                .hasMessageContaining("eu-1");
    }
}
