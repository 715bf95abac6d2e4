package io.entente.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans' graphs: who is linked, and how far it is. */
class TopologyPlanTest {

    static Stream<TopologyPlan> plans() {
        return Stream.of(
                new TopologyPlan.AllToAll(),
                new TopologyPlan.Ring(),
                new TopologyPlan.Star("dc3"),
                new TopologyPlan.Star("absent"),
                new TopologyPlan.Tree());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void everyDataCenterIsReachedFromEveryOther(TopologyPlan plan) {
        for (int size = 1; size <= 9; size++) {
            Set<String> names = names(size);
            Topology topology = plan.over(names);
            for (String from : names) {
                for (String to : names) {
                    assertThat(topology.distance(from, to))
                            .as("%s, %d data centers, %s to %s", plan, size, from, to)
                            .isBetween(from.equals(to) ? 0 : 1, from.equals(to) ? 0 : size - 1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aDistanceIsOneMoreThanTheNearestNeighboursThatMayBePulledFrom(TopologyPlan plan) {
        Set<String> names = names(7);
        Topology topology = plan.over(names);
        for (String origin : names) {
            for (String receiver : names) {
                if (!origin.equals(receiver)) {
                    int nearest = names.stream()
                            .filter(source -> !source.equals(receiver) && topology.mayPull(receiver, source))
                            .mapToInt(source -> topology.distance(origin, source))
                            .min()
                            .orElseThrow();
                    assertThat(topology.distance(origin, receiver)).isEqualTo(nearest + 1);
                }
            }
        }
    }

    @Test
    void inARingEachHasTwoNeighboursAndHalfTheRingIsFarthest() {
        Topology ring = new TopologyPlan.Ring().over(names(6));
        for (String name : names(6)) {
            assertThat(names(6).stream().filter(other -> !other.equals(name) && ring.mayPull(name, other)))
                    .hasSize(2);
        }
        assertThat(ring.distance("dc0", "dc3")).isEqualTo(3);
        assertThat(ring.distance("dc0", "dc5")).isEqualTo(1);
    }

    @Test
    void inAStarOnlyTheHubIsPulledFrom() {
        Topology star = new TopologyPlan.Star("dc3").over(names(5));
        assertThat(star.mayPull("dc0", "dc3")).isTrue();
        assertThat(star.mayPull("dc3", "dc0")).isTrue();
        assertThat(star.mayPull("dc0", "dc1")).isFalse();
        assertThat(star.distance("dc0", "dc1")).isEqualTo(2);
    }

    @Test
    void anEdgeCarriesWritesOneWayOnly() {
        EdgeGraph line = new EdgeGraph(List.of(Edge.parse("eu->us"), Edge.parse("us -> ap")));
        assertThat(line.mayPull("us", "eu")).isTrue();
        assertThat(line.mayPull("eu", "us")).isFalse();
        assertThat(line.distance("eu", "ap")).isEqualTo(2);
        assertThat(line.distance("ap", "eu")).isEqualTo(Topology.UNREACHABLE);
        assertThat(line.unreachable(new TreeSet<>(Set.of("eu", "us", "ap"))))
                .containsExactly(Edge.parse("ap->eu"), Edge.parse("ap->us"), Edge.parse("us->eu"));
    }

    @Test
    void aReplicaMayPullInsideItsDataCenterWhateverTheEdges() {
        assertThat(new EdgeGraph(List.of()).mayPull("eu", "eu")).isTrue();
    }

    @Test
    void malformedEdgesAreNamed() {
        for (String text : List.of("eu", "eu->", "->us", "eu->us->ap", "eu-us", "eu->eu")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Edge.parse(text))
                    .withMessageContaining(text);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new TopologyPlan.Edges(new TreeSet<>()));
    }

    private static Set<String> names(int size) {
        return IntStream.range(0, size).mapToObj(i -> "dc" + i).collect(Collectors.toCollection(TreeSet::new));
    }
}
