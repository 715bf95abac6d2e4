package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.membership.Formation.Decision;
import io.entente.cluster.settings.FormationSettings;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who founds, who joins, who starts a stopped cluster again: told as the stories of small clusters. */
class FormationTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeId A = new NodeId("eu", "a");
    private static final NodeId B = new NodeId("us", "b");
    private static final NodeId C = new NodeId("ap", "c");
    private static final String AT_A = "akka://entente@h:1";
    private static final String AT_B = "akka://entente@h:2";
    private static final String AT_C = "akka://entente@h:3";
    private static final List<String> ALL = List.of(AT_A, AT_B, AT_C);
    private static final Decision FOUNDS = new Decision.StartAlone(true);
    private static final Decision STARTS_AGAIN = new Decision.StartAlone(false);

    @Test
    void aNewFirstSeedFoundsWhenNobodyGreetsItInTime() {
        Formation a = formation(A, AT_A, ALL);
        a.listening(Set.of());
        assertThat(a.decide(0)).isEqualTo(new Decision.Wait());
        assertThat(a.decide(2 * SECOND)).isEqualTo(FOUNDS);
    }

    @Test
    void itFoundsNothingBeforeItHasLookedWhereSomebodyListens() {
        Formation a = formation(A, AT_A, ALL);
        assertThat(a.decide(2 * SECOND)).isEqualTo(new Decision.Wait());
    }

    @Test
    void aWipedFirstSeedWaitsForSeedsWhoseGreetingsAreOnTheirWay() {
        Formation a = formation(A, AT_A, ALL);
        a.listening(Set.of(AT_C));
        assertThat(a.decide(29 * SECOND)).isEqualTo(new Decision.Wait());
        a.heard(member(C, AT_C, Optional.empty()), 29 * SECOND);
        assertThat(a.decide(29 * SECOND)).isInstanceOf(Decision.Join.class);
    }

    @Test
    void aSeedThatListensAndNeverSaysAnythingIsGivenUp() {
        Formation a = formation(A, AT_A, ALL);
        a.listening(Set.of(AT_C));
        a.heard(fresh(B, AT_B), 28 * SECOND);
        assertThat(a.decide(29 * SECOND)).isEqualTo(new Decision.Wait());
        assertThat(a.decide(30 * SECOND)).isEqualTo(FOUNDS);
    }

    @Test
    void aSeedThatHasSpokenIsNotWaitedForWhileAnotherIsNotThere() {
        Formation a = formation(A, AT_A, ALL);
        a.listening(Set.of(AT_B));
        a.heard(fresh(B, AT_B), SECOND);
        assertThat(a.decide(2 * SECOND)).isEqualTo(FOUNDS);
    }

    @Test
    void itNeedsNotWaitOnceAllSeedsSayThatTheyKnowNoCluster() {
        Formation a = formation(A, AT_A, ALL);
        a.heard(fresh(B, AT_B), 0);
        assertThat(a.decide(0)).isEqualTo(new Decision.Wait());
        a.heard(fresh(C, AT_C), 0);
        assertThat(a.decide(0)).isEqualTo(FOUNDS);
    }

    @Test
    void aNodeThatIsNotTheFirstSeedNeverFounds() {
        Formation b = formation(B, AT_B, ALL);
        assertThat(b.decide(60 * SECOND)).isEqualTo(new Decision.Join(List.of(AT_A, AT_C)));
    }

    @Test
    void aWipedFirstSeedJoinsTheMemberThatItHasAsASeed() {
        Formation a = formation(A, AT_A, ALL);
        a.heard(member(B, AT_B, Optional.empty()), SECOND);
        assertThat(a.decide(SECOND)).isEqualTo(new Decision.Join(List.of(AT_B, AT_C)));
        assertThat(a.decide(3 * SECOND)).isInstanceOf(Decision.Join.class);
    }

    @Test
    void aWipedNodeThatKnowsOnlyItselfJoinsWhoeverRemembersItByName() {
        Formation a = formation(A, AT_A, List.of(AT_A));
        a.heard(member(B, AT_B, Optional.of(A)), SECOND);
        assertThat(a.decide(3 * SECOND)).isEqualTo(new Decision.Join(List.of(AT_B)));
    }

    @Test
    void aNewFounderIsNotDrawnIntoTheClusterOfItsAddressesFormerOwner() {
        Formation a = formation(A, AT_A, List.of(AT_A));
        a.heard(member(B, AT_B, Optional.of(C)), SECOND);
        assertThat(a.decide(3 * SECOND)).isEqualTo(FOUNDS);
    }

    @Test
    void aWipedFirstSeedDoesNotFoundWhileOthersWaitForTheirCluster() {
        Formation a = formation(A, AT_A, ALL);
        a.heard(waiting(B, AT_B), SECOND);
        assertThat(a.decide(3 * SECOND)).isInstanceOf(Decision.Join.class);
    }

    @Test
    void ofTwoThatAreEachFirstInTheirOwnListTheLowerNameFounds() {
        Formation a = formation(A, AT_A, List.of(AT_A, AT_B));
        Formation b = formation(B, AT_B, List.of(AT_B, AT_A));
        a.listening(Set.of(AT_B));
        b.listening(Set.of(AT_A));
        a.heard(founder(B, AT_B), 0);
        b.heard(founder(A, AT_A), 0);
        boolean aFounds = a.decide(3 * SECOND).equals(FOUNDS);
        boolean bFounds = b.decide(3 * SECOND).equals(FOUNDS);
        assertThat(List.of(aFounds, bFounds)).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aNodeThatKnowsAClusterWaitsForItForEver() {
        Formation a = formation(A, AT_A, ALL);
        a.remember(Map.of(B, AT_B, C, AT_C), true);
        assertThat(a.mayFound()).isFalse();
        assertThat(a.decide(3_600 * SECOND)).isEqualTo(new Decision.Join(List.of(AT_B, AT_C)));
    }

    @Test
    void aNodeThatWasAlwaysAloneStartsAgainAtOnce() {
        Formation a = formation(A, AT_A, List.of(AT_A));
        a.remember(Map.of(), true);
        assertThat(a.decide(0)).isEqualTo(STARTS_AGAIN);
    }

    @Test
    void aNodeThatForgotTheOthersWaitsUntilOneGreetsIt() {
        Formation a = formation(A, AT_A, List.of(AT_A));
        a.remember(Map.of(), true);
        a.acquainted();
        assertThat(a.decide(60 * SECOND)).isEqualTo(new Decision.Wait());
        a.heard(member(B, AT_B, Optional.of(A)), 60 * SECOND);
        assertThat(a.decide(60 * SECOND)).isEqualTo(new Decision.Join(List.of(AT_B)));
    }

    @Test
    void afterAFullStopExactlyTheFirstOfAllStartsAgain() {
        Formation a = formation(A, AT_A, ALL);
        Formation b = formation(B, AT_B, ALL);
        Formation c = formation(C, AT_C, ALL);
        a.remember(Map.of(B, AT_B, C, AT_C), true);
        b.remember(Map.of(A, AT_A, C, AT_C), true);
        c.remember(Map.of(A, AT_A, B, AT_B), true);
        for (Formation each : List.of(a, b, c)) {
            each.heard(waiting(A, AT_A), 0);
            each.heard(waiting(B, AT_B), 0);
        }
        assertThat(c.decide(SECOND)).as("c, the first by data center and name").isEqualTo(STARTS_AGAIN);
        assertThat(a.decide(SECOND)).as("has not heard c").isInstanceOf(Decision.Join.class);
        a.heard(waiting(C, AT_C), SECOND);
        b.heard(waiting(C, AT_C), SECOND);
        assertThat(a.decide(SECOND)).isInstanceOf(Decision.Join.class);
        assertThat(b.decide(SECOND)).isInstanceOf(Decision.Join.class);
    }

    @Test
    void aNodeThatLostItsDirectoryDoesNotHoldBackTheOthers() {
        Formation a = formation(A, AT_A, ALL);
        a.remember(Map.of(B, AT_B, C, AT_C), true);
        a.heard(fresh(C, AT_C), 0);
        a.heard(waiting(B, AT_B), 0);
        assertThat(a.decide(SECOND)).as("although c is lower").isEqualTo(STARTS_AGAIN);
        Formation c = formation(C, AT_C, List.of(AT_A, AT_B, AT_C));
        c.heard(waiting(A, AT_A), 0);
        c.remember(Map.of(A, AT_A), false);
        assertThat(c.decide(SECOND)).as("has only just learned of it").isInstanceOf(Decision.Join.class);
    }

    @Test
    void aNodeThatMovedIsStillTheOneThatIsWaitedFor() {
        Formation c = formation(C, AT_C, ALL);
        c.remember(Map.of(A, AT_A), true);
        c.heard(waiting(A, "akka://entente@h:99"), 0);
        assertThat(c.decide(SECOND)).isEqualTo(STARTS_AGAIN);
    }

    @Test
    void aFounderRestartedBeforeAnybodyJoinedStartsWithTheFirstThatIsThere() {
        Formation b = formation(B, AT_B, ALL);
        b.remember(Map.of(), true);
        assertThat(b.decide(60 * SECOND)).isInstanceOf(Decision.Join.class);
        b.heard(fresh(C, AT_C), 60 * SECOND);
        assertThat(b.decide(60 * SECOND))
                .as("although c is lower: it knows no cluster")
                .isEqualTo(STARTS_AGAIN);
    }

    @Test
    void aMemberThatIsHeardKeepsEverybodyFromStartingAgain() {
        Formation c = formation(C, AT_C, ALL);
        c.remember(Map.of(A, AT_A), true);
        c.heard(waiting(A, AT_A), 0);
        c.heard(member(B, AT_B, Optional.of(C)), 0);
        assertThat(c.decide(SECOND)).isEqualTo(new Decision.Join(List.of(AT_A, AT_B)));
    }

    @Test
    void whatWasSaidLongAgoCountsNoMore() {
        Formation c = formation(C, AT_C, ALL);
        c.remember(Map.of(A, AT_A), true);
        c.heard(waiting(A, AT_A), 0);
        assertThat(c.decide(6 * SECOND)).isInstanceOf(Decision.Join.class);
    }

    @Test
    void anOperatorLetsOneNodeStartAgainWithoutTheMissing() {
        Formation b = new Formation(B, AT_B, ALL, new FormationSettings(Duration.ofSeconds(2), true), 0);
        b.remember(Map.of(A, AT_A, C, AT_C), true);
        assertThat(b.decide(SECOND)).isInstanceOf(Decision.Join.class);
        assertThat(b.decide(2 * SECOND)).isEqualTo(STARTS_AGAIN);
        b.heard(member(C, AT_C, Optional.of(B)), 2 * SECOND);
        assertThat(b.decide(2 * SECOND)).as("somebody runs").isInstanceOf(Decision.Join.class);
    }

    @Test
    void aFloodOfHellosIsBounded() {
        Formation a = formation(A, AT_A, ALL);
        for (int i = 0; i < 10_000; i++) {
            a.heard(fresh(new NodeId("xx", "x" + i), "akka://entente@x:" + (i + 1)), 0);
        }
        assertThat(a.others()).hasSizeLessThanOrEqualTo(Formation.MOST_HEARD + ALL.size());
    }

    private static Formation formation(NodeId self, String address, List<String> seeds) {
        return new Formation(self, address, seeds, new FormationSettings(Duration.ofSeconds(2), false), 0);
    }

    private static Hello fresh(NodeId node, String address) {
        return hello(node, address, Optional.empty(), false, false, Optional.empty());
    }

    private static Hello founder(NodeId node, String address) {
        return hello(node, address, Optional.empty(), false, true, Optional.empty());
    }

    private static Hello waiting(NodeId node, String address) {
        return hello(node, address, Optional.of("x"), false, false, Optional.empty());
    }

    private static Hello member(NodeId node, String address, Optional<NodeId> addressee) {
        return hello(node, address, Optional.of("x"), true, false, addressee);
    }

    private static Hello hello(
            NodeId node,
            String address,
            Optional<String> cluster,
            boolean member,
            boolean founder,
            Optional<NodeId> addressee) {
        return new Hello(
                Hello.FORMAT,
                node.node(),
                node.dataCenter(),
                address,
                cluster,
                8,
                member,
                cluster.isPresent(),
                founder,
                addressee.map(NodeId::toString),
                Optional.empty(),
                Optional.empty());
    }
}
