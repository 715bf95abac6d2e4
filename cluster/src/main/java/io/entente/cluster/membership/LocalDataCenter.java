package io.entente.cluster.membership;

import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.routing.Whereabouts;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * This node's data center as requests see it. Of a partition held here its own replica knows who leads; of another one it is as the others
 * say. Thread-safe.
 */
public final class LocalDataCenter implements Whereabouts {

    private final NodeState state;
    private final HeardDataCenter heard;
    private final LongSupplier nanos;

    /**
     * @param self this node
     * @param state what it holds, and who leads that
     * @param addresses the other nodes
     * @param plan who may originate in which partition
     * @param nanos the monotonic clock
     */
    public LocalDataCenter(
            NodeId self, NodeState state, AddressBook addresses, PartitionPlan plan, LongSupplier nanos) {
        this.state = state;
        this.nanos = nanos;
        this.heard = new HeardDataCenter(self, self.dataCenter(), addresses, plan, nanos);
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
        return state.hasSingleLeaders() ? singleLeaderOf(partition) : heard.leaderOf(partition);
    }

    /** Whoever says that it leads, in whichever data center. The mode is known by the partitions held here: it is changed for all of them. */
    private Optional<NodeId> singleLeaderOf(int partition) {
        long now = nanos.getAsLong();
        return heard.addresses().holdersOf(partition).stream()
                .filter(node -> heard.addresses().isLive(node, now)
                        && heard.addresses().ledBy(node).contains(partition))
                .findFirst();
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        return heard.liveHoldersOf(partition);
    }
}
