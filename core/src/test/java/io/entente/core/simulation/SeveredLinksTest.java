package io.entente.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Edge;
import io.entente.core.topology.TopologyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every topology over two to five data centers, and in each of them every way to cut no link, one link, two links, or one
 * direction of one link, for good.
 *
 * <p>{@code -Dcase=N} replays one case and tells all that happens in it; {@code -Dseed=N} replays it under another seed.
 */
class SeveredLinksTest {

    private static final List<Severed> CASES = cases();

    @Test
    void whatIsStillConnectedConvergesAndTheRestIsNotBlocked() {
        Integer one = Integer.getInteger("case");
        if (one == null) {
            System.out.println(CASES.size() + " ways to cut links, " + campaign(1, 1) + " writes");
        } else {
            run(one, Long.getLong("seed", 1), Optional.of(System.out::println));
        }
    }

    @Test
    @Tag("soak")
    void itDoesSoUnderManySeeds() {
        campaign(2, Math.max(1, Integer.getInteger("soak.histories", 200_000) / CASES.size()));
    }

    private static long campaign(long firstSeed, long seeds) {
        return LongStream.range(firstSeed, firstSeed + seeds)
                .map(seed -> IntStream.range(0, CASES.size())
                        .parallel()
                        .map(index -> run(index, seed, Optional.empty()))
                        .sum())
                .sum();
    }

    private static int run(int index, long seed, Optional<java.util.function.Consumer<String>> listener) {
        Severed severed = CASES.get(index);
        try {
            return SeveredHistory.run(seed * CASES.size() + index, severed, Surgery.NONE, listener);
        } catch (RuntimeException broken) {
            throw new AssertionError(
                    severed + " (replay it with -Dcase=" + index + " -Dseed=" + seed + "): " + broken, broken);
        }
    }

    @Test
    void aReplicaThatNeverChangesItsSourceIsFoundOut() {
        assertThatThrownBy(() -> CASES.forEach(
                        severed -> SeveredHistory.run(1, severed, new Bugs.StaticNextHop(), Optional.empty())))
                .isInstanceOfSatisfying(
                        Violation.class, broken -> assertThat(broken.law()).isEqualTo(Law.LIVENESS));
    }

    private static List<Severed> cases() {
        List<Severed> cases = new ArrayList<>();
        for (int dataCenters = 2; dataCenters <= 5; dataCenters++) {
            List<NodeId> nodes = Scenario.nodes(dataCenters);
            for (TopologyPlan plan : plans(nodes)) {
                cases.addAll(Severed.each(plan, nodes));
            }
        }
        return cases;
    }

    private static List<TopologyPlan> plans(List<NodeId> nodes) {
        String first = nodes.get(0).dataCenter();
        String last = nodes.get(nodes.size() - 1).dataCenter();
        return List.of(
                TopologyPlan.allToAll(),
                new TopologyPlan.Ring(),
                new TopologyPlan.Star(first),
                new TopologyPlan.Star(last),
                new TopologyPlan.Tree(),
                oneWayRing(nodes),
                chain(nodes));
    }

    private static TopologyPlan oneWayRing(List<NodeId> nodes) {
        TreeSet<Edge> edges = new TreeSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            edges.add(edge(nodes.get(i), nodes.get((i + 1) % nodes.size())));
        }
        return new TopologyPlan.Edges(edges);
    }

    /** A chain both ways, and a short cut one way from its end to its beginning. */
    private static TopologyPlan chain(List<NodeId> nodes) {
        TreeSet<Edge> edges = new TreeSet<>();
        for (int i = 1; i < nodes.size(); i++) {
            edges.add(edge(nodes.get(i - 1), nodes.get(i)));
            edges.add(edge(nodes.get(i), nodes.get(i - 1)));
        }
        edges.add(edge(nodes.get(nodes.size() - 1), nodes.get(0)));
        return new TopologyPlan.Edges(edges);
    }

    private static Edge edge(NodeId from, NodeId to) {
        return new Edge(from.dataCenter(), to.dataCenter());
    }
}
