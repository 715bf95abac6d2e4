package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Edge;
import io.entente.core.topology.TopologyPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Data centers linked anew while the cluster runs, again and again. Nodes hear of it one after the other, or not before the next
 * change; none goes back to an earlier one. What is in force at the end reaches everybody.
 */
final class Relinking {

    private static final long SLOWEST_NEWS_MILLIS = 2_000;

    /** After this long everybody has heard of the latest change. */
    static final long SPREAD_NANOS = SLOWEST_NEWS_MILLIS * 1_000_000;

    private final World world;
    private final Chance chance;
    private final List<String> names;
    private final Map<NodeId, Integer> heard = new LinkedHashMap<>();
    private int changes;
    private TopologyPlan latest;
    private boolean active = true;

    Relinking(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.latest = world.scenario().topology();
        this.names = world.scenario().nodes().stream()
                .map(NodeId::dataCenter)
                .distinct()
                .toList();
    }

    void begin() {
        world.schedule().after(chance.millis(0, 3_000), () -> {
            if (active) {
                change(arbitrary());
                begin();
            }
        });
    }

    /** Changes the links for the last time, to some by which everything arrives everywhere, and answers with them. */
    TopologyPlan end() {
        active = false;
        change(connected());
        return latest;
    }

    private void change(TopologyPlan plan) {
        latest = plan;
        int number = ++changes;
        world.trace().note(number, () -> "the links are to be " + plan);
        for (SimulatedNode node : world.nodes()) {
            world.schedule().after(chance.millis(0, SLOWEST_NEWS_MILLIS), () -> {
                if (heard.merge(node.id(), number, Math::max) == number) {
                    node.relink(plan);
                }
            });
        }
    }

    private TopologyPlan arbitrary() {
        return chance.of(0.3) ? someEdges() : connected();
    }

    private TopologyPlan connected() {
        return chance.oneOf(List.of(
                TopologyPlan.allToAll(),
                new TopologyPlan.Ring(),
                new TopologyPlan.Star(chance.oneOf(names)),
                new TopologyPlan.Star(chance.oneOf(names)),
                new TopologyPlan.Tree(),
                oneWayRing()));
    }

    private TopologyPlan oneWayRing() {
        List<String> left = new ArrayList<>(names);
        String first = left.remove(chance.between(0, left.size() - 1));
        String last = first;
        TreeSet<Edge> edges = new TreeSet<>();
        while (!left.isEmpty()) {
            String next = left.remove(chance.between(0, left.size() - 1));
            edges.add(new Edge(last, next));
            last = next;
        }
        edges.add(new Edge(last, first));
        return new TopologyPlan.Edges(edges);
    }

    /** Whatever edges, by which not everything need arrive everywhere. */
    private TopologyPlan someEdges() {
        TreeSet<Edge> edges = new TreeSet<>();
        for (int more = chance.between(1, names.size()); more > 0; more--) {
            String from = chance.oneOf(names);
            String to = chance.oneOf(names);
            if (!from.equals(to)) {
                edges.add(new Edge(from, to));
            }
        }
        return edges.isEmpty() ? TopologyPlan.allToAll() : new TopologyPlan.Edges(edges);
    }
}
