package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.NodeId;
import io.entente.core.mode.Chain;
import io.entente.core.topology.Copies;
import io.entente.core.topology.Topology;
import io.entente.core.topology.TopologyPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is next to this replica: in the topology over the data centers there are at the time, and behind their leaders. */
final class Neighbourhood {

    private final NodeId self;
    private final Leadership leadership;
    private final Epochs epochs;
    private TopologyPlan plan;
    private Topology topology;

    /** The last chain, for it is asked for with each look at each source. */
    private Chain chain = new Chain(List.of());

    private Optional<Copies> chained = Optional.empty();

    Neighbourhood(NodeId self, TopologyPlan plan, Leadership leadership, Epochs epochs) {
        this.self = self;
        this.leadership = leadership;
        this.epochs = epochs;
        this.plan = plan;
        this.topology = plan.over(Set.of(self.dataCenter()));
    }

    void plan(TopologyPlan changed) {
        plan = changed;
        draw();
    }

    /** The copies may be in other data centers than before. */
    void draw() {
        topology = plan.over(leadership.serving().byDataCenter().keySet());
    }

    /** Whether this replica may subscribe to the peer. */
    boolean mayPullFrom(NodeId peer) {
        return topology.mayPull(self.dataCenter(), peer.dataCenter());
    }

    /**
     * How far the origin's writes have travelled when the peer has them, in thirds of an edge: the origin's own node has them first, then
     * the leader of a data center, then who follows it. Nobody is nearer to a follower than its leader, so that writes cross from
     * data center to data center once. In a chain the one before is the nearest, and after it those before that.
     */
    long distance(NodeId peer, Origin origin) {
        Optional<Chain> chain = chain();
        if (chain.isPresent()) {
            return chain.get().placesBefore(peer, self);
        }
        if (leadership.isFollowed(peer)) {
            return 0;
        }
        long edges = topology.distance(origin.dataCenter(), peer.dataCenter());
        return 1 + 3 * edges + (peer.isHomeOf(origin) ? 0 : leadership.isLeader(peer) ? 1 : 2);
    }

    private Optional<Chain> chain() {
        return epochs.singleLeader()
                .filter(single -> single.acknowledgement() instanceof Acknowledgement.Chain)
                .flatMap(single -> epochs.leader())
                .map(this::chainBehind);
    }

    private Chain chainBehind(NodeId leader) {
        Copies copies = leadership.serving();
        boolean same = chained.filter(copies::equals).isPresent()
                && chain.order().get(0).equals(leader);
        if (!same) {
            chain = Chain.of(leader, copies);
            chained = Optional.of(copies);
        }
        return chain;
    }
}
