package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same laws while nodes are retired: dead ones and living ones, under cuts in one direction and in both, while others crash, lose data, are
 * restored or join, and logs are truncated. Who was retired comes back with its directory put aside.
 */
class RetiringSimulationTest {

    private static final int HISTORIES = 80;

    @Test
    void everyHistoryObeysEveryLaw() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.runRetiring(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void everyHistoryOfALongCampaignObeysEveryLaw() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4);
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runRetiring);
        System.out.println(histories + " histories with retired nodes from seed " + firstSeed + " on: " + tally);
        for (Path path :
                new Path[] {Path.RETIRED_DEAD, Path.RETIRED_AWAY, Path.RETIRED_ALIVE, Path.RETIRED_CAME_BACK}) {
            assertThat(tally.of(path)).as("how often %s", path).isGreaterThan(histories / 10);
        }
        assertThat(tally.of(Path.SEALED)).as("seals").isGreaterThan(histories);
    }
}
