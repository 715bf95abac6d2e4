package io.entente.core.replica;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.replica.Start.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A data center of two nodes beside one of one: who leads, who follows, who takes over. */
class LeaderScriptsTest {

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us-1", "us-2");

    private String leaderSeenBy(String node) {
        return cluster.status(node).leader().map(leader -> leader.node()).orElse("nobody");
    }

    @Test
    void theFirstByRankLeadsAndAllOfItsDataCenterAgree() {
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsOnly("us-1");
        assertThat(leaderSeenBy("eu")).isEqualTo("eu-1");
    }

    @Test
    void writesCrossBetweenDataCentersOnce() {
        cluster.put("eu", "k", "hello");
        cluster.run(ofSeconds(5));
        assertThat(cluster.read("us-2", "k")).containsExactly("hello");
        assertThat(cluster.transcript())
                .contains("eu sends us-1 eu 1", "us-1 sends us-2 eu 1")
                .doesNotContain("eu sends us-2 eu 1");
    }

    @Test
    void writesOfAFollowersDataCenterComeFromItsLeader() {
        cluster.put("us-1", "k", "hello");
        cluster.run(ofSeconds(1));
        assertThat(cluster.transcript()).contains("us-1 sends us-2 us-1 1", "us-1 sends eu us-1 1");
    }

    @Test
    void theNextOneTakesOverWithinThePeerTimeout() {
        cluster.kill("us-1");
        cluster.run(ofSeconds(3));
        assertThat(leaderSeenBy("us-2")).isEqualTo("us-2");
        cluster.put("us-2", "k", "from the new leader");
        cluster.put("eu", "l", "past the dead one");
        cluster.run(ofSeconds(5));
        assertThat(cluster.read("eu", "k")).containsExactly("from the new leader");
        assertThat(cluster.read("us-2", "l")).containsExactly("past the dead one");
    }

    @Test
    void aLeaderThatReturnsLeadsOnlyOnceItHasWhatWasWrittenMeanwhile() {
        cluster.kill("us-1");
        cluster.run(ofSeconds(3));
        cluster.put("us-2", "k", "written meanwhile");
        cluster.run(ofSeconds(1));
        cluster.start("us-1", Standing.INTACT);
        for (int turn = 0; turn < 500; turn++) {
            cluster.run(ofMillis(10));
            if (leaderSeenBy("us-1").equals("us-1")) {
                assertThat(cluster.read("us-1", "k")).containsExactly("written meanwhile");
            }
        }
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsOnly("us-1");
    }

    @Test
    void aLeaderCutOffFromElsewhereGetsEverythingThroughItsFollower() {
        cluster.cut("eu", "us-1");
        cluster.run(ofSeconds(5));
        cluster.put("eu", "k", "around");
        cluster.run(ofSeconds(5));
        assertThat(cluster.read("us-1", "k")).containsExactly("around");
        assertThat(cluster.transcript()).containsSubsequence("eu sends us-2 eu 1", "us-2 sends us-1 eu 1");

        cluster.put("eu", "k", "around again");
        cluster.run(ofMillis(200));
        assertThat(cluster.read("us-1", "k")).as("without another detour").containsExactly("around again");
    }

    @Test
    void whoseClockIsOffLeadsNotWhereAnotherOneCan() {
        cluster.judgeClock("us-1", false);
        cluster.run(ofMillis(500));
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsOnly("us-2");
        cluster.kill("us-2");
        cluster.run(ofSeconds(3));
        assertThat(leaderSeenBy("us-1")).as("there is no other").isEqualTo("us-1");
        cluster.start("us-2", Standing.INTACT);
        cluster.run(ofSeconds(3));
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsOnly("us-2");
        cluster.judgeClock("us-1", true);
        cluster.run(ofMillis(500));
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsOnly("us-1");
    }

    @Test
    void whereAllClocksAreOffTheFirstByRankLeads() {
        cluster.judgeClock("us-1", false);
        cluster.judgeClock("us-2", false);
        cluster.run(ofMillis(500));
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsOnly("us-1");
    }

    @Test
    void twoThatBothLeadDoNoHarm() {
        cluster.cut("us-1", "us-2");
        cluster.cut("eu", "us-2");
        cluster.run(ofSeconds(3));
        assertThat(List.of(leaderSeenBy("us-1"), leaderSeenBy("us-2"))).containsExactly("us-1", "us-2");
        cluster.put("us-1", "k", "one");
        cluster.put("us-2", "k", "two");
        cluster.heal();
        cluster.run(ofSeconds(8));
        for (String node : List.of("eu", "us-1", "us-2")) {
            assertThat(cluster.read(node, "k")).containsExactlyInAnyOrder("one", "two");
        }
    }
}
