package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.simulation.Simulation.Outcome;
import java.util.EnumSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of histories of whole clusters, each under a seed of its own.
 *
 * <p>{@code -Dseed=N} replays one history, and tells all that happens in it.
 */
class SimulationTest {

    private static final int HISTORIES = 2_000;

    @Test
    void everyHistoryObeysEveryLaw() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.tell(seed, Surgery.NONE, System.out::println);
        }
    }

    @Test
    @Tag("soak")
    void everyHistoryOfALongCampaignObeysEveryLaw() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000));
    }

    @Test
    void aSeedReplaysExactly() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(Simulation.run(seed)).as("seed " + seed).isEqualTo(Simulation.run(seed));
        }
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = new Tally();
        long events = LongStream.range(firstSeed, firstSeed + histories)
                .parallel()
                .mapToObj(Simulation::run)
                .mapToLong(outcome -> tallied(outcome, tally))
                .sum();
        System.out.println(
                histories + " histories from seed " + firstSeed + " on, " + events + " events, among them " + tally);
        for (Path path : EnumSet.range(Path.WRITTEN, Path.CLOCK_BEHIND)) {
            assertThat(tally.of(path)).as("histories that come to " + path).isGreaterThan(histories / 100);
        }
    }

    private static long tallied(Outcome outcome, Tally tally) {
        synchronized (tally) {
            tally.add(outcome.tally());
        }
        return outcome.events();
    }
}
