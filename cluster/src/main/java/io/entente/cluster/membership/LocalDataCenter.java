package io.entente.cluster.membership;

import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.routing.Placement;
import io.entente.cluster.routing.Whereabouts;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * This node's data center as requests see it. Of a partition held here its own replica knows who leads. Of another one whoever says that it
 * leads does, or else the live holder that comes first by rank: what is a guess there is mended by the next hello. Thread-safe.
 */
public final class LocalDataCenter implements Whereabouts {

    private final NodeId self;
    private final NodeState state;
    private final AddressBook addresses;
    private final PartitionPlan plan;
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
        this.self = self;
        this.state = state;
        this.addresses = addresses;
        this.plan = plan;
        this.nanos = nanos;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public Optional<NodeId> leaderOf(int partition) {
        if (state.replicas().containsKey(partition)) {
            return state.leaderOf(partition);
        }
        List<NodeId> holders = liveHoldersOf(partition).stream()
                .filter(node -> plan.mayOriginate(node, partition))
                .toList();
        return holders.stream()
                .filter(node -> addresses.ledBy(node).contains(partition))
                .findFirst()
                .or(() -> holders.stream().findFirst());
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        long now = nanos.getAsLong();
        List<NodeId> live = addresses.holdersOf(partition).stream()
                .filter(node -> node.dataCenter().equals(self.dataCenter()) && addresses.isLive(node, now))
                .toList();
        return Placement.ranked(partition, live);
    }
}
