package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.effect.Reply;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.WriteBatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where members aren't named: who knows of nobody writes only where it is known that there never was anybody. */
class AloneTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final ScriptedCluster cluster = new ScriptedCluster(false, "eu", "us");

    @ParameterizedTest
    @EnumSource(
            value = Standing.class,
            names = {"NEW", "MAY_HAVE_LOST"})
    void aReplicaThatLostEverythingWaitsUntilItHearsOfSomebody(Standing standing) {
        found();
        cutOff();
        cluster.wipe("eu");
        cluster.start("eu", standing);
        requireThatItWaits();
        comeTogether();
    }

    @Test
    void aReplicaThatWasKilledBeforeItHeardOfAnybodyWaitsAfterEveryStart() {
        found();
        cutOff();
        cluster.wipe("eu");
        WriteBatch whatItsNodeRemembers = new WriteBatch();
        Replica.revokeAdmission(0, whatItsNodeRemembers);
        cluster.disk("eu").commit(whatItsNodeRemembers);
        for (int starts = 0; starts < 3; starts++) {
            cluster.start("eu", Standing.INTACT);
            requireThatItWaits();
            cluster.kill("eu");
        }
        cluster.start("eu", Standing.INTACT);
        comeTogether();
    }

    @Test
    void aFounderThatNeverMetAnybodyGoesOnWhateverItLost() {
        ScriptedCluster lone = new ScriptedCluster(false, "eu");
        lone.start("eu", Standing.FOUNDED);
        lone.put("eu", "k", "v");
        lone.kill("eu");
        lone.start("eu", Standing.INTACT);
        assertThat(lone.waitsFor("eu")).isEmpty();

        for (int times = 0; times < 2; times++) {
            lone.kill("eu");
            lone.start("eu", Standing.ALONE);
            assertThat(lone.waitsFor("eu")).isPresent();
            lone.run(LONG);
            assertThat(lone.waitsFor("eu")).isEmpty();
            lone.wipe("eu");
            lone.start("eu", Standing.ALONE);
        }
    }

    @Test
    void whoWasAloneWhenItsBackupWasMadeIsNotAloneWhenSomebodyTurnsUp() {
        found();
        cutOff();
        cluster.wipe("eu");
        cluster.start("eu", Standing.ALONE);
        requireThatItWaits();
        comeTogether();
    }

    private void found() {
        cluster.start("eu", Standing.FOUNDED);
        cluster.start("us", Standing.NEW);
        cluster.run(Duration.ofSeconds(2));
        cluster.put("us", "k", "v");
        cluster.run(Duration.ofSeconds(1));
    }

    private void cutOff() {
        cluster.cut("eu", "us");
        cluster.kill("eu");
    }

    private void requireThatItWaits() {
        cluster.run(LONG);
        assertThat(cluster.waitsFor("eu").orElseThrow()).contains("peer");
        assertThat(cluster.answer(cluster.put("eu", "k", "forgotten"))).isInstanceOf(Reply.Refused.class);
    }

    private void comeTogether() {
        cluster.heal();
        cluster.run(Duration.ofSeconds(3));
        assertThat(cluster.waitsFor("eu")).isEmpty();
        assertThat(cluster.read("eu", "k")).containsExactly("v");
    }
}
