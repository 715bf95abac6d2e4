package io.entente.core.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How data centers are to be linked, whichever there are: with every data center that comes or goes the same plan gives another
 * {@link Topology}. Data centers are taken in the order of their names, so that all nodes arrive at the same graph.
 *
 * <p>See <i>Designing Data-Intensive Applications</i>, chapter 5, "Multi-Leader Replication Topologies".
 */
public sealed interface TopologyPlan {

    /** See {@link AllToAll}. */
    static TopologyPlan allToAll() {
        return new AllToAll();
    }

    /** The topology over these data centers. */
    Topology over(Set<String> dataCenters);

    /** Everybody pulls from everybody. */
    record AllToAll() implements TopologyPlan {

        @Override
        public Topology over(Set<String> dataCenters) {
            return Topology.allToAll();
        }
    }

    /** Each data center is linked, both ways, with the next one by name, and the last with the first. */
    record Ring() implements TopologyPlan {

        @Override
        public Topology over(Set<String> dataCenters) {
            List<String> names = sorted(dataCenters);
            List<Edge> edges = new ArrayList<>();
            for (int i = 0; i < names.size() && names.size() > 1; i++) {
                link(edges, names.get(i), names.get((i + 1) % names.size()));
            }
            return new EdgeGraph(edges);
        }
    }

    /**
     * Each data center is linked, both ways, with one of them.
     *
     * @param hub the one; while it isn't there the first by name stands in for it
     */
    record Star(String hub) implements TopologyPlan {

        public Star {
            Objects.requireNonNull(hub, "hub");
        }

        @Override
        public Topology over(Set<String> dataCenters) {
            List<String> names = sorted(dataCenters);
            String center = names.contains(hub) || names.isEmpty() ? hub : names.get(0);
            List<Edge> edges = new ArrayList<>();
            for (String name : names) {
                if (!name.equals(center)) {
                    link(edges, center, name);
                }
            }
            return new EdgeGraph(edges);
        }
    }

    /** A binary tree, linked both ways: the first by name is the root, the next two its children, and so on. */
    record Tree() implements TopologyPlan {

        @Override
        public Topology over(Set<String> dataCenters) {
            List<String> names = sorted(dataCenters);
            List<Edge> edges = new ArrayList<>();
            for (int child = 1; child < names.size(); child++) {
                link(edges, names.get((child - 1) / 2), names.get(child));
            }
            return new EdgeGraph(edges);
        }
    }

    /**
     * The edges spelled out, whatever data centers there are.
     *
     * @param edges the edges; those that name a data center that isn't there wait for it
     */
    record Edges(SortedSet<Edge> edges) implements TopologyPlan {

        public Edges {
            edges = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(edges));
            if (edges.isEmpty()) {
                throw new IllegalArgumentException("a topology without edges: name at least one, like eu->us");
            }
        }

        @Override
        public Topology over(Set<String> dataCenters) {
            return new EdgeGraph(edges);
        }
    }

    private static List<String> sorted(Set<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    private static void link(List<Edge> edges, String a, String b) {
        edges.add(new Edge(a, b));
        edges.add(new Edge(b, a));
    }
}
