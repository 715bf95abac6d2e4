package io.entente.core.replica;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.TopologyChanged;
import io.entente.core.event.RequestId;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.topology.TopologyPlan;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One leader, and followers of followers: what it writes travels along the topology's edges, and is acknowledged whichever way it came. */
class FollowersInATreeTest {

    private static final List<String> FIVE = List.of("ap", "eu", "sa", "us", "za");

    private final ScriptedCluster cluster = ScriptedCluster.running("ap", "eu", "sa", "us", "za");

    private void link(TopologyPlan plan) {
        FIVE.forEach(node -> cluster.step(node, new TopologyChanged(plan)));
        cluster.run(ofSeconds(1));
    }

    private void leadBy(String node, Acknowledgement acknowledgement) {
        ReplicationMode led = ReplicationMode.singleLeader(acknowledgement, Failover.AUTOMATIC);
        RequestId asked = cluster.begin(node, Optional.of(led), ofSeconds(3));
        cluster.run(ofSeconds(2));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
    }

    private String leaderSeenBy(String node) {
        return cluster.status(node).leader().map(leader -> leader.dataCenter()).orElse("nobody");
    }

    /** Which nodes sent entries to which after the first write. */
    private TreeSet<String> waysOfAWrite(String leader) {
        cluster.put(leader, "first", "so that sources are chosen");
        cluster.run(ofSeconds(5));
        int before = cluster.transcript().size();
        RequestId written = cluster.put(leader, "k", "v");
        cluster.run(ofSeconds(2));
        assertThat(cluster.answer(written)).isInstanceOf(Written.class);
        FIVE.forEach(node -> assertThat(cluster.read(node, "k")).containsExactly("v"));
        TreeSet<String> ways = new TreeSet<>();
        for (String line :
                cluster.transcript().subList(before, cluster.transcript().size())) {
            String[] words = line.split(" ", -1);
            if (words[1].equals("sends")) {
                ways.add(words[0] + ">" + words[2]);
            }
        }
        return ways;
    }

    @Test
    void followersFeedFollowersInATree() {
        link(new TopologyPlan.Tree());
        leadBy("ap", Acknowledgement.sync());
        assertThat(waysOfAWrite("ap")).containsExactly("ap>eu", "ap>sa", "eu>us", "eu>za");
    }

    @Test
    void aLeafMayLead() {
        link(new TopologyPlan.Tree());
        leadBy("us", Acknowledgement.semiSync(4));
        assertThat(waysOfAWrite("us")).containsExactly("ap>sa", "eu>ap", "eu>za", "us>eu");
    }

    @Test
    void aRingIsFollowedBothWays() {
        link(new TopologyPlan.Ring());
        leadBy("sa", Acknowledgement.sync());
        assertThat(waysOfAWrite("sa")).containsExactly("eu>ap", "sa>eu", "sa>us", "us>za");
    }

    /** The others had different writes of its, and no edge links them: one of them leads all the same, and has them all. */
    @Test
    void theVotersReplaceTheHubOfAStar() {
        link(new TopologyPlan.Star("ap"));
        leadBy("ap", Acknowledgement.async());
        cluster.put("ap", "all", "v");
        cluster.run(ofSeconds(2));
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        cluster.cut("ap", "za");
        RequestId written = cluster.put("ap", "late", "only sa has it");
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(written)).isInstanceOf(Written.class);
        cluster.kill("ap");
        cluster.run(ofSeconds(15));
        String leader = leaderSeenBy("sa");
        assertThat(leader).isIn("eu", "sa", "us", "za");
        assertThat(cluster.read(leader, "late")).containsExactly("only sa has it");
    }
}
