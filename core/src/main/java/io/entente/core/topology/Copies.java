package io.entente.core.topology;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nodes that hold a copy of a partition, whether they are up or not. In each data center they are ranked: the first one that can
 * lead the partition there does, so all nodes that see the same nodes up agree on the leader without asking. Immutable.
 *
 * @param byDataCenter by name of the data center, its nodes by rank
 */
public record Copies(SortedMap<String, List<NodeId>> byDataCenter) {

    /**
     * @throws IllegalArgumentException when a node is listed in another data center than its own, or twice
     */
    public Copies {
        TreeMap<String, List<NodeId>> copy = new TreeMap<>();
        byDataCenter.forEach((name, nodes) -> copy.put(name, List.copyOf(nodes)));
        copy.forEach(Copies::requireTheirOwn);
        byDataCenter = Collections.unmodifiableSortedMap(copy);
    }

    private static void requireTheirOwn(String dataCenter, List<NodeId> nodes) {
        boolean strangers = nodes.stream().anyMatch(node -> !node.dataCenter().equals(dataCenter));
        if (strangers || new TreeSet<>(nodes).size() != nodes.size()) {
            throw new IllegalArgumentException("the copies in data center " + dataCenter + " are said to be at " + nodes
                    + ": name nodes of that data center, each once");
        }
    }

    /** Copies at these nodes, ranked by name. */
    public static Copies of(Collection<NodeId> nodes) {
        TreeMap<String, List<NodeId>> byDataCenter = new TreeMap<>();
        for (NodeId node : new TreeSet<>(nodes)) {
            byDataCenter
                    .computeIfAbsent(node.dataCenter(), name -> new ArrayList<>())
                    .add(node);
        }
        return new Copies(byDataCenter);
    }

    /** The copies in a data center by rank; none where it has none. */
    public List<NodeId> in(String dataCenter) {
        return byDataCenter.getOrDefault(dataCenter, List.of());
    }

    /** All nodes that hold a copy. */
    public SortedSet<NodeId> nodes() {
        TreeSet<NodeId> all = new TreeSet<>();
        byDataCenter.values().forEach(all::addAll);
        return all;
    }

    /** These copies and one at that node; last in rank unless it is here already. */
    public Copies with(NodeId node) {
        if (in(node.dataCenter()).contains(node)) {
            return this;
        }
        TreeMap<String, List<NodeId>> more = new TreeMap<>(byDataCenter);
        List<NodeId> there = new ArrayList<>(in(node.dataCenter()));
        there.add(node);
        more.put(node.dataCenter(), there);
        return new Copies(more);
    }
}
