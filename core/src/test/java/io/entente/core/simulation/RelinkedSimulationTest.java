package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same laws while the topology changes again and again, and nodes hear of it at different times. */
class RelinkedSimulationTest {

    private static final int HISTORIES = 400;
    private static final int MOST_HISTORIES = 100;

    @Test
    void everyHistoryObeysEveryLawWhileLinksChange() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.tellRelinked(seed, System.out::println);
        }
    }

    @Test
    @Tag("soak")
    void itDoesSoInALongCampaign() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 10);
    }

    private static void campaign(long firstSeed, int histories) {
        LongStream.range(firstSeed, firstSeed + histories)
                .parallel()
                .forEach(seed -> Simulation.runRelinked(seed, Surgery.NONE));
    }

    static List<Supplier<Surgery>> bugs() {
        return List.of(LinkBugs.ChangeIgnored::new, LinkBugs.ChangeForgotten::new);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aNodeThatKeepsToOldLinksIsFoundOut(Supplier<Surgery> bug) {
        boolean found = LongStream.rangeClosed(1, MOST_HISTORIES).anyMatch(seed -> breaks(seed, bug.get()));
        assertThat(found)
                .as("a history among %d with entries where there is no edge", MOST_HISTORIES)
                .isTrue();
    }

    private static boolean breaks(long seed, Surgery bug) {
        try {
            Simulation.runRelinked(seed, bug);
            return false;
        } catch (AssertionError broken) {
            return broken.getCause() instanceof Violation violation && violation.law() == Law.EDGES;
        }
    }
}
