package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Topology;
import io.entente.core.topology.TopologyPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Links that are cut for good, one node a data center: whom whose writes still reach.
 *
 * @param plan how the data centers are to be linked
 * @param nodes the nodes
 * @param cut the directions in which no message gets through any more
 */
record Severed(TopologyPlan plan, List<NodeId> nodes, Set<Network.Link> cut) {

    Severed {
        nodes = List.copyOf(nodes);
        cut = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(cut));
    }

    /** Nothing cut, every pair of nodes cut off from each other, every two such pairs, and every single direction. */
    static List<Severed> each(TopologyPlan plan, List<NodeId> nodes) {
        List<Set<Network.Link>> pairs = new ArrayList<>();
        List<Severed> all = new ArrayList<>(List.of(new Severed(plan, nodes, Set.of())));
        for (NodeId from : nodes) {
            for (NodeId to : nodes) {
                if (!from.equals(to)) {
                    all.add(new Severed(plan, nodes, Set.of(new Network.Link(from, to))));
                }
                if (nodes.indexOf(from) < nodes.indexOf(to)) {
                    Set<Network.Link> pair = new LinkedHashSet<>();
                    pair.add(new Network.Link(from, to));
                    pair.add(new Network.Link(to, from));
                    pairs.add(pair);
                }
            }
        }
        for (int one = 0; one < pairs.size(); one++) {
            all.add(new Severed(plan, nodes, pairs.get(one)));
            for (int other = one + 1; other < pairs.size(); other++) {
                Set<Network.Link> both = new LinkedHashSet<>(pairs.get(one));
                both.addAll(pairs.get(other));
                all.add(new Severed(plan, nodes, both));
            }
        }
        return all;
    }

    /** The nodes that must come to have whatever that one has, itself among them: over edges whose link works both ways. */
    Set<NodeId> reachedFrom(NodeId from) {
        Topology topology = topology();
        List<NodeId> reached = new ArrayList<>(List.of(from));
        for (int i = 0; i < reached.size(); i++) {
            NodeId source = reached.get(i);
            for (NodeId receiver : nodes) {
                boolean works = topology.mayPull(receiver.dataCenter(), source.dataCenter())
                        && !cut.contains(new Network.Link(source, receiver))
                        && !cut.contains(new Network.Link(receiver, source));
                if (works && !reached.contains(receiver)) {
                    reached.add(receiver);
                }
            }
        }
        return new LinkedHashSet<>(reached);
    }

    private Topology topology() {
        Set<String> dataCenters = new TreeSet<>();
        nodes.forEach(node -> dataCenters.add(node.dataCenter()));
        return plan.over(dataCenters);
    }

    @Override
    public String toString() {
        return plan + " over " + nodes + ", cut " + cut;
    }
}
