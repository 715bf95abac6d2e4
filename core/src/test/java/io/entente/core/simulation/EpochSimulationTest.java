package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Partitions that a leader leads: elected, moved by an operator, replaced by itself, gone and back, and modes changed while clients write;
 * with crashes, lost data, cuts in one direction and links that lose entries alone, pauses and clocks that are off. What a majority
 * acknowledged, and leaders' reads, must fit into one order. Of ten histories one is brought to rest then, with everything that the others'
 * laws ask for.
 *
 * <p>{@code -Dseed=N} replays one history, and tells all that happens in it.
 */
class EpochSimulationTest {

    /** {@code -Dled.histories=200} for fewer. */
    private static final int HISTORIES = Integer.getInteger("led.histories", 2_000);

    private static final int MOST_HISTORIES_FOR_A_BUG = 300;

    @Test
    void whatMajoritiesAcknowledgedAndLeadersReadFitsIntoOneOrder() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.runLed(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void aLongCampaignFitsIntoOneOrderToo() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 2);
    }

    /** Here a leader was paused when the faults ended, and another one led before it went on: it leads no more, and may say so. */
    @Test
    void aLeaderThatIsReplacedAfterTheFaultsBreaksNoLaw() {
        assertThat(Simulation.runLed(1_025_180).writes()).isPositive();
    }

    @Test
    void aSeedReplaysExactly() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Simulation.runLed(seed)).as("seed " + seed).isEqualTo(Simulation.runLed(seed));
        }
    }

    /** A bug that clients are to notice, and the seed to begin with: one a little before the first that showed it. */
    record Bug(String name, Supplier<Surgery> surgery, long firstSeed) {

        Bug(String name, Supplier<Surgery> surgery) {
            this(name, surgery, 1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bug> bugs() {
        return List.of(
                new Bug("two lead in one epoch", EpochBugs.TwoLeadersInOneEpoch::new, 50),
                new Bug("a write is acknowledged before its majority has it", EpochBugs.AcknowledgedEarly::new),
                new Bug("who has promised a later epoch acknowledges", EpochBugs.OldEpochAcknowledges::new, 9),
                new Bug("a leader that was replaced reads", EpochBugs.StaleLeaderReads::new),
                new Bug("a promise is forgotten with its process", EpochBugs.PromiseForgotten::new, 22),
                new Bug("a candidate catches up with nobody", EpochBugs.CandidateCatchesUpWithNobody::new, 14),
                new Bug("a replica with loss votes", EpochBugs.LossyReplicaVotes::new, 28));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugIsFoundOutByWhatClientsAreTold(Bug bug) {
        assertThat(firstSeedThatShows(bug))
                .as("a history among %d that fits into no order, since %s", MOST_HISTORIES_FOR_A_BUG, bug)
                .isPresent();
    }

    private static Optional<Long> firstSeedThatShows(Bug bug) {
        return Violation.firstSeedThatBreaks(
                Set.of(Law.LINEARIZABLE),
                bug.firstSeed,
                MOST_HISTORIES_FOR_A_BUG,
                seed -> Simulation.runLed(seed, bug.surgery.get(), Optional.empty()));
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runLed);
        System.out.println(histories + " histories with leaders from seed " + firstSeed + " on: " + tally);
        for (Path path : Path.OF_LEADERS) {
            assertThat(tally.of(path)).as("times that " + path).isGreaterThan(histories / 10);
        }
    }
}
