package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Leaderless clusters: any node takes writes and reads, by quorum and in sessions, while nodes crash, lose data, pause and are cut off.
 * Two judges that know nothing but values say whether quorums meet and whether sessions are kept. Of ten histories one is brought to rest then.
 *
 * <p>{@code -Dseed=N} replays one history, and tells all that happens in it.
 */
class QuorumSimulationTest {

    /** {@code -Dquorum.histories=200} for fewer. */
    private static final int HISTORIES = Integer.getInteger("quorum.histories", 2_000);

    /** They take longer: what is handed over shows when all are at rest. */
    private static final int SLOPPY_HISTORIES = Integer.getInteger("sloppy.histories", 50);

    private static final int MOST_HISTORIES_FOR_A_BUG = 300;

    @Test
    void everyReadSeesWhatItsQuorumAndItsSessionPromise() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.runQuorums(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    /** No read is promised to see a write that others stood in for, and reads do miss some; but nothing is lost, and sessions are kept. */
    @Test
    void whatOthersStoodInForIsHandedOver() {
        Long seed = Long.getLong("sloppy.seed");
        if (seed == null) {
            sloppyCampaign(1, SLOPPY_HISTORIES);
        } else {
            Simulation.runSloppy(seed, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    void aHintThatIsDroppedIsFoundOut() {
        assertThat(firstSeedThatShows(
                        Law.LIVENESS,
                        1,
                        seed -> Simulation.runSloppy(seed, new QuorumBugs.HintDropped(), Optional.empty())))
                .isPresent();
    }

    private static void sloppyCampaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runSloppy);
        System.out.println(histories + " histories with sloppy quorums from seed " + firstSeed + " on: " + tally);
        for (Path path : Set.of(Path.QUORUM_READ, Path.QUORUM_WRITTEN, Path.SLOPPILY_WRITTEN)) {
            assertThat(tally.of(path)).as("times that " + path).isGreaterThan(histories / 10);
        }
        assertThat(tally.of(Path.SLOPPILY_MISSED))
                .as("reads that missed a write")
                .isPositive();
    }

    @Test
    @Tag("soak")
    void everyReadOfALongCampaignSeesWhatIsPromised() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 2);
    }

    @Test
    @Tag("soak")
    void whatOthersStoodInForIsHandedOverInALongCampaign() {
        sloppyCampaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4);
    }

    @Test
    void aSeedReplaysExactly() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(Simulation.runQuorums(seed)).as("seed " + seed).isEqualTo(Simulation.runQuorums(seed));
        }
    }

    /** A bug, the law by which it is to be found out, and the seed to begin with: one a little before the first that showed it. */
    record Bug(String name, Supplier<Surgery> surgery, Law law, long firstSeed) {

        Bug(String name, Supplier<Surgery> surgery, Law law) {
            this(name, surgery, law, 1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bug> bugs() {
        return List.of(
                new Bug("a copy with loss answers quorum reads", QuorumBugs.LossyCopyAnswers::new, Law.QUORUM, 120),
                new Bug("an answer of an earlier round counts", QuorumBugs.EarlierRoundCounts::new, Law.QUORUM),
                new Bug("a read doesn't wait for the join", QuorumBugs.JoinNotReached::new, Law.QUORUM),
                new Bug("a read asks one copy too few", QuorumBugs.OneCopyShort::new, Law.QUORUM, 20),
                new Bug("a write is acknowledged before its quorum", QuorumBugs.AcknowledgedEarly::new, Law.QUORUM),
                new Bug("a read doesn't wait for its session", QuorumBugs.SessionNotReached::new, Law.SESSION),
                new Bug("a write doesn't wait for its session", QuorumBugs.WrittenBeforeSession::new, Law.SESSION, 30));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugIsFoundOutByValuesAlone(Bug bug) {
        assertThat(firstSeedThatShows(
                        bug.law,
                        bug.firstSeed,
                        seed -> Simulation.runQuorums(seed, bug.surgery.get(), Optional.empty())))
                .as("a history among %d in which %s is broken, since %s", MOST_HISTORIES_FOR_A_BUG, bug.law, bug)
                .isPresent();
    }

    private static Optional<Long> firstSeedThatShows(Law law, long firstSeed, LongConsumer history) {
        return Violation.firstSeedThatBreaks(Set.of(law), firstSeed, MOST_HISTORIES_FOR_A_BUG, history);
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runQuorums);
        System.out.println(histories + " histories with quorums from seed " + firstSeed + " on: " + tally);
        for (Path path :
                Set.of(Path.QUORUM_READ, Path.QUORUM_WRITTEN, Path.NO_QUORUM, Path.DATA_LOST, Path.NOT_REACHED)) {
            assertThat(tally.of(path)).as("times that " + path).isGreaterThan(histories / 10);
        }
    }
}
