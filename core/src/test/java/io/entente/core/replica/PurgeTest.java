package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.event.Event.Ticked;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a deletion leaves nothing, and when it must stay. */
class PurgeTest {

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");

    @Test
    void aDeletionSeenByAllLeavesNothingAnywhere() {
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.delete("us", "k");
        cluster.run(seconds(3));
        assertThatNothingIsLeftOf("k");
    }

    @Test
    void aMemberThatIsAwayHoldsPurgingBackAndIsNamed() {
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.kill("ap");
        cluster.delete("eu", "k");
        cluster.run(seconds(10));
        assertThat(cluster.read("eu", "k")).containsExactly("deleted");
        assertThat(cluster.status("eu").purgeHeldBackBy()).containsExactly("ap-1");

        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(3));
        assertThatNothingIsLeftOf("k");
    }

    @Test
    void whatADeletedKeyHeldDoesNotComeBackFromAMemberThatWasAway() {
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.kill("ap");
        cluster.delete("eu", "k");
        cluster.run(seconds(2));
        cluster.start("ap", Standing.INTACT);
        assertThat(cluster.read("ap", "k")).containsExactly("v");
        cluster.run(seconds(5));
        assertThatNothingIsLeftOf("k");
    }

    @Test
    void aDeletionThatBecomesStableASecondTimeIsPurgedToo() {
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.cut("us", "ap");
        cluster.cut("us", "eu");
        cluster.delete("us", "k");
        cluster.put("eu", "k", "concurrent");
        cluster.run(seconds(1));
        cluster.heal();
        cluster.run(seconds(3));
        assertThat(cluster.read("eu", "k")).containsExactlyInAnyOrder("deleted", "concurrent");

        cluster.wipe("ap");
        cluster.delete("us", "k");
        cluster.run(seconds(3));
        cluster.start("ap", Standing.NEW);
        cluster.run(seconds(10));
        assertThatNothingIsLeftOf("k");
    }

    @Test
    void aDeletionThatIsStableInItsOwnStepIsPurgedInALaterOne() {
        ScriptedCluster alone = new ScriptedCluster(true, "eu");
        alone.start("eu", Standing.FOUNDED);
        alone.deleteInOneStepWith("eu", "k", new Ticked());
        alone.run(seconds(1));
        assertThat(alone.read("eu", "k")).isEmpty();
    }

    private void assertThatNothingIsLeftOf(String key) {
        for (String dataCenter : new String[] {"eu", "us", "ap"}) {
            assertThat(cluster.read(dataCenter, key)).as(dataCenter).isEmpty();
        }
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
