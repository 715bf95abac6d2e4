package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Leaders are elected while those who elect them change: voters are retired, dead ones and living ones, one or two, at one node or at several, and
 * some come back with nothing; under cuts, pauses, crashes and losses. What a majority acknowledged, and leaders' reads, must fit into one order, and in the
 * end those who stayed are the voters, and no others. In other histories an operator retires a majority that is alive: those few it leaves must not come to lead.
 *
 * <p>{@code -Dseed=N}, or {@code -Dseceding.seed=N}, replays one history, and tells all that happens in it.
 */
class VotersSimulationTest {

    /** {@code -Dvoters.histories=2000} for more. */
    private static final int HISTORIES = Integer.getInteger("voters.histories", 60);

    private static final int MOST_HISTORIES_FOR_A_BUG = 60;

    @Test
    void whoVotesChangesWithWhoIsAMember() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.runVoters(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    void aMinorityThatRetiresTheMajorityComesToNothing() {
        Long seed = Long.getLong("seceding.seed");
        if (seed == null) {
            secedingCampaign(1, HISTORIES);
        } else {
            Simulation.runSeceding(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void aLongCampaignOfVotersThatChange() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4);
        secedingCampaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4);
    }

    @Test
    void thatNewVotersDecideAloneIsFoundOutByWhatClientsAreTold() {
        assertThat(Violation.firstSeedThatBreaks(
                        Set.of(Law.LINEARIZABLE),
                        1,
                        MOST_HISTORIES_FOR_A_BUG,
                        seed -> Simulation.runSeceding(seed, new VoterBugs.NewVotersDecideAlone(), Optional.empty())))
                .as("a history among %d that fits into no order", MOST_HISTORIES_FOR_A_BUG)
                .isPresent();
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runVoters);
        System.out.println(histories + " histories with voters that change from seed " + firstSeed + " on: " + tally);
        for (Path path : Set.of(Path.RETIRED_DEAD, Path.RETIRED_ALIVE, Path.SEALED, Path.LEADER_WRITTEN)) {
            assertThat(tally.of(path)).as("times that " + path).isGreaterThan(histories / 10);
        }
    }

    private static void secedingCampaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runSeceding);
        System.out.println(histories + " histories with secessions from seed " + firstSeed + " on: " + tally);
        for (Path path : Set.of(Path.SEALED, Path.LEADER_WRITTEN)) {
            assertThat(tally.of(path)).as("times that " + path).isGreaterThan(histories / 10);
        }
    }
}
