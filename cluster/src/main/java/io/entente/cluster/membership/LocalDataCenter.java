package io.entente.cluster.membership;

import io.entente.cluster.routing.Placement;
import io.entente.cluster.routing.Whereabouts;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * This node's data center as requests see it. Of a partition held here its own replica knows who leads; of another one it is as the others
 * say. Thread-safe.
 */
public final class LocalDataCenter implements Whereabouts {

    private final NodeState state;
    private final HeardDataCenter heard;

    /**
     * @param state what this node holds, and who leads that
     * @param heard the data center as others say it is
     */
    public LocalDataCenter(NodeState state, HeardDataCenter heard) {
        this.state = state;
        this.heard = heard;
    }

    @Override
    public NodeId self() {
        return heard.self();
    }

    @Override
    public Optional<NodeId> leaderOf(int partition) {
        if (state.replicas().containsKey(partition)) {
            return state.leaderOf(partition);
        }
        return hasSingleLeader(partition) ? singleLeaderOf(partition) : heard.leaderOf(partition);
    }

    @Override
    public boolean hasSingleLeader(int partition) {
        return state.replicas().containsKey(partition) ? state.hasSingleLeader(partition) : state.hasSingleLeaders();
    }

    /** Whoever says that it leads, in whichever data center. The mode is known by the partitions held here: it is changed for all of them. */
    private Optional<NodeId> singleLeaderOf(int partition) {
        long now = heard.nanos().getAsLong();
        return heard.addresses().holdersOf(partition).stream()
                .filter(node -> heard.addresses().isLive(node, now)
                        && heard.addresses().ledBy(node).contains(partition))
                .findFirst();
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        return heard.liveHoldersOf(partition);
    }

    @Override
    public Optional<NodeId> aheadOf(int partition) {
        if (state.hasCaughtUp(partition)) {
            return Optional.empty();
        }
        return leaderOf(partition)
                .filter(leader -> isAhead(leader, partition))
                .or(() -> firstAhead(partition, heard.liveHoldersOf(partition)))
                .or(() -> firstAhead(
                        partition, Placement.ranked(partition, heard.addresses().holdersOf(partition))));
    }

    private Optional<NodeId> firstAhead(int partition, List<NodeId> holders) {
        return holders.stream().filter(node -> isAhead(node, partition)).findFirst();
    }

    /** Whether it is worth while to read there instead of here. */
    private boolean isAhead(NodeId node, int partition) {
        return !node.equals(self())
                && heard.addresses().isLive(node, heard.nanos().getAsLong())
                && !heard.addresses().isBehind(node, partition);
    }
}
