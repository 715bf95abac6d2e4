package io.entente.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who begins a cluster, and who never does. */
class FormationTest {

    private static final String A = "akka://entente@10.0.0.1:25520";
    private static final String B = "akka://entente@10.0.0.2:25520";
    private static final String C = "akka://entente@10.0.0.3:25520";
    private static final List<String> SEEDS = List.of(A, B);

    @Test
    void aNewNodeThatIsTheFirstSeedFoundsWhenNoOtherSeedAnswers() {
        Formation first = new Formation(A, SEEDS, false, List.of());
        assertThat(first.mayFound()).isTrue();
        assertThat(first.toJoin()).containsExactly(A, B);
    }

    @Test
    void aNewNodeThatIsNotTheFirstSeedJoins() {
        Formation second = new Formation(B, SEEDS, false, List.of());
        assertThat(second.mayFound()).isFalse();
        assertThat(second.toJoin()).containsExactly(A);
    }

    @Test
    void aNodeThatHasBeenAMemberNeverFounds() {
        Formation first = new Formation(A, SEEDS, true, List.of(B, C));
        assertThat(first.mayFound()).isFalse();
        assertThat(first.toJoin()).containsExactly(B, C);
    }

    @Test
    void aStoppedClusterIsStartedAgainByTheLowestOfItsNodesWhenAllOfThemWait() {
        Formation a = new Formation(A, SEEDS, true, List.of(B, C));
        Formation b = new Formation(B, SEEDS, true, List.of(A, C));
        a.heard(B, false, true);
        assertThat(a.mayReform()).as("C may be running").isFalse();
        a.heard(C, false, true);
        b.heard(A, false, true);
        b.heard(C, false, true);
        assertThat(a.mayReform()).isTrue();
        assertThat(b.mayReform()).isFalse();
    }

    @Test
    void aRunningMemberIsJoinedAndNothingIsStartedAgain() {
        Formation a = new Formation(A, SEEDS, true, List.of(B, C));
        a.heard(B, false, true);
        a.heard(C, false, true);
        a.heard(C, true, true);
        assertThat(a.mayReform()).isFalse();
    }

    @Test
    void aNodeThatLostItsDirectoryDoesNotHoldBackTheOthers() {
        Formation wiped = new Formation(A, List.of(B, C, A), false, List.of());
        Formation b = new Formation(B, SEEDS, true, List.of(A, C));
        Formation c = new Formation(C, SEEDS, true, List.of(A, B));
        wiped.heard(B, false, true);
        wiped.heard(C, false, true);
        b.heard(A, false, false);
        b.heard(C, false, true);
        c.heard(A, false, false);
        c.heard(B, false, true);
        assertThat(wiped.mayReform()).isFalse();
        assertThat(b.mayReform()).isTrue();
        assertThat(c.mayReform()).isFalse();
    }

    @Test
    void aNodeThatWasAloneIsItsOwnCluster() {
        assertThat(new Formation(A, List.of(A), true, List.of()).wasAlone()).isTrue();
        assertThat(new Formation(A, SEEDS, true, List.of()).wasAlone()).isFalse();
        assertThat(new Formation(A, List.of(A), true, List.of(B)).wasAlone()).isFalse();
    }
}
