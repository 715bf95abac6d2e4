package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same laws where logs are truncated, sometimes within a moment: who was away, lost data or is new joins a snapshot, while it writes
 * itself, is cut off, crashes, or asks the next one.
 */
class TruncatedSimulationTest {

    private static final int HISTORIES = 400;
    private static final int LOSING_HISTORIES = 24;

    @Test
    void everyHistoryObeysEveryLaw() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.runTruncated(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void everyHistoryOfALongCampaignObeysEveryLaw() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4);
    }

    @Test
    void whoLostDataIsNotAdmittedWithoutWhatOthersAreStillMerging() {
        Long seed = Long.getLong("losing.seed");
        if (seed == null) {
            losses(1, LOSING_HISTORIES);
        } else {
            Simulation.runLosing(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void whoLostDataIsNeverAdmittedTooEarlyInALongCampaign() {
        losses(1_000_000, Integer.getInteger("soak.histories", 200_000) / 40);
    }

    private static void losses(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runLosing);
        System.out.println(histories + " histories with losses amid merges from seed " + firstSeed + " on: " + tally);
        assertThat(tally.of(Path.SNAPSHOT_MERGED)).as("snapshots merged").isGreaterThan(histories);
        assertThat(tally.of(Path.CAUGHT_UP_AFTER_LOSS))
                .as("admitted after a loss")
                .isGreaterThan(histories);
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runTruncated);
        System.out.println(histories + " histories with truncated logs from seed " + firstSeed + " on: " + tally);
        assertThat(tally.of(Path.ROW_IN_PARTS)).as("rows in parts").isGreaterThan(histories);
        assertThat(tally.of(Path.CHUNK_DROPPED)).as("damaged chunks").isGreaterThan(histories / 10);
        assertThat(tally.of(Path.SNAPSHOT_MERGED)).as("snapshots merged").isGreaterThan(histories / 4);
    }
}
