package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Partitions that a leader leads while an operator changes who votes, at one node or at several at once, amid everything that goes wrong in {@link EpochSimulationTest}. What
 * majorities acknowledged and leaders read must fit into one order; and when faults have ended those come to vote who were asked for last, and somebody leads.
 *
 * <p>{@code -Dvoters.seed=N} replays one history, and tells all that happens in it.
 */
class VoterSimulationTest {

    private static final int HISTORIES = Integer.getInteger("voters.histories", 200);

    @Test
    void whoeverVotesTheOrderIsOneAndTheLastVotersElectALeader() {
        Long seed = Long.getLong("voters.seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.runVoting(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void aLongCampaignDoesSoToo() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 2);
    }

    @Test
    void aSeedReplaysExactly() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Simulation.runVoting(seed)).as("seed " + seed).isEqualTo(Simulation.runVoting(seed));
        }
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runVoting);
        System.out.println(histories + " histories in which voters change from seed " + firstSeed + " on: " + tally);
        for (Path path : Path.OF_VOTERS) {
            assertThat(tally.of(path)).as("times that " + path).isGreaterThan(histories / 4);
        }
    }
}
