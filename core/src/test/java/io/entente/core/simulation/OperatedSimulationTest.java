package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.simulation.Simulation.Outcome;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same laws while clients also operate on mergeable values: their rows too are a function of the writes on the disk, every contribution
 * counts once and as long as no reset has seen it, and what is deleted leaves nothing.
 */
class OperatedSimulationTest {

    private static final int HISTORIES = 100;
    private static final int MOST_HISTORIES = 100;

    @Test
    void everyHistoryObeysEveryLawWhileClientsOperateOnParts() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            Tally tally = Tally.ofAll(1, HISTORIES, OperatedSimulationTest::run);
            for (Path path : List.of(Path.PART_FORGOTTEN, Path.PART_PURGED, Path.TALLY_PURGED)) {
                assertThat(tally.of(path)).as("histories that come to " + path).isGreaterThan(HISTORIES / 10);
            }
        } else {
            Simulation.tellOperated(seed, System.out::println);
        }
    }

    @Test
    @Tag("soak")
    void itDoesSoInALongCampaign() {
        Tally.ofAll(1_000_000, Integer.getInteger("soak.histories", 200_000) / 10, OperatedSimulationTest::run);
    }

    private static Outcome run(long seed) {
        try {
            return Simulation.runOperated(seed, Surgery.NONE);
        } catch (RuntimeException broken) {
            throw new AssertionError("seed " + seed + " (replay it with -Dseed=" + seed + "): " + broken, broken);
        }
    }

    static List<Supplier<Surgery>> bugs() {
        return List.of(
                OperationBugs.CountedTwice::new, OperationBugs.ResetForgotten::new, OperationBugs.ConcurrentReset::new);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aNodeThatKeepsWrongRowsIsFoundOut(Supplier<Surgery> bug) {
        boolean found = LongStream.rangeClosed(1, MOST_HISTORIES).anyMatch(seed -> breaks(seed, bug.get()));
        assertThat(found)
                .as("a history among %d with rows that are wrong", MOST_HISTORIES)
                .isTrue();
    }

    private static boolean breaks(long seed, Surgery bug) {
        try {
            Simulation.runOperated(seed, bug);
            return false;
        } catch (Violation broken) {
            return broken.law() == Law.RECORD || broken.law() == Law.PURGE;
        }
    }
}
