package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same laws while replicas compare their records, with crashes, cuts, purges, truncated logs and snapshots: where disks keep what was
 * written nothing is ever found, and where one changes rows all of them are found and repaired.
 */
class VerifiedSimulationTest {

    private static final int HISTORIES = 30;
    private static final int MOST_HISTORIES = 60;

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            Tally tally = campaign(1, HISTORIES, false);
            for (Path path : List.of(Path.VERIFIED, Path.VERIFIED_WHILE_MOVING, Path.PROVED_EQUAL)) {
                assertThat(tally.of(path))
                        .as("verifications that come to " + path)
                        .isGreaterThan(HISTORIES / 10);
            }
        } else {
            Simulation.runVerified(seed, false, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    void whateverADiskChangesIsFoundAndRepairedWhileClientsGoOn() {
        Long seed = Long.getLong("rot");
        if (seed == null) {
            Tally tally = campaign(1, HISTORIES, true);
            assertThat(tally.of(Path.ROTTED)).as("rows changed by disks").isGreaterThan(HISTORIES);
            assertThat(tally.of(Path.ROT_REPAIRED)).as("rows repaired").isGreaterThan(HISTORIES / 4);
        } else {
            Simulation.runVerified(seed, true, Surgery.NONE, Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void nothingIsFoundInALongCampaignWhereNothingIsWrong() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4, false);
    }

    @Test
    @Tag("soak")
    void whateverADiskChangesIsFoundInALongCampaign() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4, true);
    }

    private static Tally campaign(long firstSeed, int histories, boolean rotting) {
        Tally tally = Tally.ofAll(firstSeed, histories, seed -> run(seed, rotting));
        System.out.println(histories + " histories with verifications from seed " + firstSeed + " on: " + tally);
        return tally;
    }

    private static Simulation.Outcome run(long seed, boolean rotting) {
        try {
            return Simulation.runVerified(seed, rotting, Surgery.NONE, Optional.empty());
        } catch (RuntimeException broken) {
            String replay = rotting ? "rot" : "seed";
            throw new AssertionError("replay it with -D" + replay + "=" + seed + ": " + broken, broken);
        }
    }

    static List<Supplier<Surgery>> falseAlarms() {
        return List.of(VerifyBugs.MovedRowsCompared::new, VerifyBugs.UnequalVectors::new);
    }

    @ParameterizedTest
    @MethodSource("falseAlarms")
    void aComparisonAtUnequalVectorsIsFoundOut(Supplier<Surgery> bug) {
        assertThat(LongStream.rangeClosed(1, MOST_HISTORIES).anyMatch(seed -> breaks(seed, false, bug.get())))
                .as("a history among %d with a false alarm", MOST_HISTORIES)
                .isTrue();
    }

    @Test
    void aRowThatStaysWrongIsFoundOut() {
        assertThat(LongStream.rangeClosed(1, MOST_HISTORIES)
                        .anyMatch(seed -> breaks(seed, true, new VerifyBugs.NothingRepaired())))
                .as("a history among %d with a row that stays wrong", MOST_HISTORIES)
                .isTrue();
    }

    private static boolean breaks(long seed, boolean rotting, Surgery bug) {
        try {
            Simulation.runVerified(seed, rotting, bug, Optional.empty());
            return false;
        } catch (Violation broken) {
            return broken.law() == Law.VERIFICATION;
        }
    }
}
