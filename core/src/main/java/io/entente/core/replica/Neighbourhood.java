package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.message.NodeId;
import io.entente.core.topology.Topology;
import io.entente.core.topology.TopologyPlan;
import java.util.Set;
import java.util.TreeSet;

/** Who is next to this replica in the topology, over the data centers there are at the time. */
final class Neighbourhood {

    private final NodeId self;
    private TopologyPlan plan;
    private Set<NodeId> peers = Set.of();
    private Topology topology;

    Neighbourhood(NodeId self, TopologyPlan plan) {
        this.self = self;
        this.plan = plan;
        this.topology = plan.over(Set.of(self.dataCenter()));
    }

    void plan(TopologyPlan changed) {
        plan = changed;
        draw();
    }

    void peers(Set<NodeId> changed) {
        peers = changed;
        draw();
    }

    /** Whether this replica may subscribe to the peer. */
    boolean mayPullFrom(NodeId peer) {
        return topology.mayPull(self.dataCenter(), peer.dataCenter());
    }

    /** How far the origin's writes have travelled when the peer has them; one more unless they are the peer's own. */
    long distance(NodeId peer, Origin origin) {
        long edges = topology.distance(origin.dataCenter(), peer.dataCenter());
        return 2 * edges + (peer.isHomeOf(origin) ? 0 : 1);
    }

    private void draw() {
        Set<String> dataCenters = new TreeSet<>();
        dataCenters.add(self.dataCenter());
        peers.forEach(peer -> dataCenters.add(peer.dataCenter()));
        topology = plan.over(dataCenters);
    }
}
