package io.entente.core.topology;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A topology given by its edges. Distances are found once, by breadth-first search. Immutable. */
public final class EdgeGraph implements Topology {

    private final SortedSet<Edge> edges;
    private final Map<String, Map<String, Integer>> distances = new TreeMap<>();

    /** The graph of these edges. */
    public EdgeGraph(Collection<Edge> edges) {
        this.edges = Collections.unmodifiableSortedSet(new TreeSet<>(edges));
        for (Edge edge : this.edges) {
            distances.computeIfAbsent(edge.from(), this::distancesFrom);
        }
    }

    /** All edges, in order. */
    public SortedSet<Edge> edges() {
        return edges;
    }

    @Override
    public boolean mayPull(String receiver, String source) {
        return receiver.equals(source) || edges.contains(new Edge(source, receiver));
    }

    @Override
    public int distance(String origin, String dataCenter) {
        if (origin.equals(dataCenter)) {
            return 0;
        }
        return distances.getOrDefault(origin, Map.of()).getOrDefault(dataCenter, UNREACHABLE);
    }

    /** The data centers that don't get all writes: pairs of an origin and one that nothing of it reaches. */
    public Set<Edge> unreachable(Collection<String> dataCenters) {
        Set<Edge> missing = new TreeSet<>();
        for (String from : dataCenters) {
            for (String to : dataCenters) {
                if (!from.equals(to) && distance(from, to) == UNREACHABLE) {
                    missing.add(new Edge(from, to));
                }
            }
        }
        return missing;
    }

    private Map<String, Integer> distancesFrom(String origin) {
        Map<String, Integer> found = new TreeMap<>();
        found.put(origin, 0);
        Queue<String> next = new ArrayDeque<>(Set.of(origin));
        while (!next.isEmpty()) {
            String here = next.remove();
            int further = found.getOrDefault(here, 0) + 1;
            for (Edge edge : edges) {
                if (edge.from().equals(here) && found.putIfAbsent(edge.to(), further) == null) {
                    next.add(edge.to());
                }
            }
        }
        return found;
    }
}
