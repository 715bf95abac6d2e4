package io.entente.samples.demo.cluster;

import io.entente.cluster.membership.ClusterView;
import io.entente.conflict.version.VersionVector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many entries each node lacks of those that some other node has, in the partitions that it holds. A snapshot.
 *
 * @param byNode by node name, the entries it lacks; -1 for one whose replicas don't run yet
 */
public record Lag(Map<String, Long> byNode) {

    private static final long NOT_RUNNING = -1;

    /** Keeps the order of the nodes. */
    public Lag {
        byNode = Collections.unmodifiableMap(new LinkedHashMap<>(byNode));
    }

    /** The lag among these nodes. */
    static Lag among(List<DemoNode> nodes) {
        Map<String, ClusterView> views = new LinkedHashMap<>();
        nodes.forEach(node -> views.put(node.name(), node.view()));
        Map<Integer, VersionVector> joined = new TreeMap<>();
        views.values()
                .forEach(view -> view.vectors()
                        .forEach((partition, vector) -> joined.merge(partition, vector, VersionVector::join)));
        Map<String, Long> lag = new LinkedHashMap<>();
        views.forEach((node, view) -> lag.put(node, lacking(view, joined)));
        return new Lag(lag);
    }

    private static long lacking(ClusterView view, Map<Integer, VersionVector> joined) {
        if (view.vectors().isEmpty()) {
            return NOT_RUNNING;
        }
        long lacking = 0;
        for (int partition : heldBy(view)) {
            VersionVector has = view.vectors().getOrDefault(partition, VersionVector.empty());
            lacking += joined.getOrDefault(partition, VersionVector.empty()).total() - has.total();
        }
        return lacking;
    }

    private static Set<Integer> heldBy(ClusterView view) {
        return view.dataCenters().stream()
                .flatMap(dataCenter -> dataCenter.nodes().stream())
                .filter(node -> node.name().equals(view.node()))
                .flatMap(node -> node.holds().stream())
                .collect(Collectors.toSet());
    }

    /** Whether all nodes have the same vectors. */
    public boolean isNone() {
        return byNode.values().stream().allMatch(lacking -> lacking == 0);
    }

    /** How many entries a node lacks, as text; a dash when that isn't known. */
    public String of(String node) {
        long lacking = byNode.getOrDefault(node, NOT_RUNNING);
        return lacking == NOT_RUNNING ? "-" : Long.toString(lacking);
    }

    /** Who lags by how much. */
    @Override
    public String toString() {
        return byNode.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> describe(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String describe(String node, long lacking) {
        return lacking == NOT_RUNNING
                ? node + " has not joined yet"
                : node + " lacks " + lacking + (lacking == 1 ? " write" : " writes");
    }
}
