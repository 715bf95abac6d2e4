package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Links that are never healed. */
final class CutLinks {

    private CutLinks() {}

    /** Some links, in one direction or both; over those that still work both ways everybody but {@code gone} reaches everybody. */
    static Set<Network.Link> leavingConnected(Scenario scenario, Optional<NodeId> gone, Chance chance) {
        List<NodeId> nodes = scenario.nodes().stream()
                .filter(node -> !node.equals(gone.orElse(null)))
                .toList();
        Set<Network.Link> cut = new LinkedHashSet<>();
        int tries = chance.of(0.5) ? chance.between(1, 6) : 0;
        for (; tries > 0; tries--) {
            NodeId from = chance.oneOf(nodes);
            NodeId to = chance.oneOf(nodes);
            Set<Network.Link> more = new LinkedHashSet<>(cut);
            more.add(new Network.Link(from, to));
            if (chance.of(0.5)) {
                more.add(new Network.Link(to, from));
            }
            if (!from.equals(to) && isConnected(nodes, more, scenario.links())) {
                cut = more;
            }
        }
        return cut;
    }

    /** Whether everybody reaches everybody over links of the topology that work both ways. */
    static boolean isConnected(List<NodeId> nodes, Set<Network.Link> cut, Topology topology) {
        List<NodeId> reached = new ArrayList<>(List.of(nodes.get(0)));
        for (int i = 0; i < reached.size(); i++) {
            NodeId from = reached.get(i);
            for (NodeId to : nodes) {
                boolean works = topology.mayPull(from.dataCenter(), to.dataCenter())
                        && topology.mayPull(to.dataCenter(), from.dataCenter())
                        && !cut.contains(new Network.Link(from, to))
                        && !cut.contains(new Network.Link(to, from));
                if (works && !reached.contains(to)) {
                    reached.add(to);
                }
            }
        }
        return reached.size() == nodes.size();
    }
}
