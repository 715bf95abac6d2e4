package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same laws where data centers have several nodes: one leads, the others follow, and another one takes over. Clients ask whom
 * a node takes for the leader, and now and then anybody: that two lead must do no harm.
 */
class SeveralNodesSimulationTest {

    private static final int HISTORIES = 600;

    /** What single nodes come to more often. */
    private static final Set<Path> RARE = EnumSet.of(Path.NODE_GONE_FOR_GOOD, Path.CONTEXT_WAITED_FOR);

    @Test
    void everyHistoryObeysEveryLaw() {
        Long seed = Long.getLong("seed");
        if (seed == null) {
            campaign(1, HISTORIES);
        } else {
            Simulation.tellSeveral(seed, System.out::println);
        }
    }

    @Test
    @Tag("soak")
    void everyHistoryOfALongCampaignObeysEveryLaw() {
        campaign(1_000_000, Integer.getInteger("soak.histories", 200_000) / 4);
    }

    private static void campaign(long firstSeed, int histories) {
        Tally tally = Tally.ofAll(firstSeed, histories, Simulation::runSeveral);
        System.out.println(histories + " histories with several nodes from seed " + firstSeed + " on: " + tally);
        for (Path path : EnumSet.range(Path.WRITTEN, Path.TAKEOVER)) {
            if (!RARE.contains(path)) {
                assertThat(tally.of(path)).as("histories that come to " + path).isGreaterThan(histories / 100);
            }
        }
    }
}
