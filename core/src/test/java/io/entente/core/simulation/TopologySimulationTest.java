package io.entente.core.simulation;

import io.entente.core.topology.TopologyPlan;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same laws where data centers are linked otherwise than all-to-all: writes are passed on, links are cut, paths are long. */
class TopologySimulationTest {

    private static final int HISTORIES = 250;

    static Stream<TopologyPlan> plans() {
        return Stream.of(new TopologyPlan.Ring(), new TopologyPlan.Star("us"), new TopologyPlan.Tree());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void everyHistoryObeysEveryLawOnTheseLinks(TopologyPlan plan) {
        LongStream.range(1, 1 + HISTORIES).parallel().forEach(seed -> Simulation.run(seed, plan));
    }
}
