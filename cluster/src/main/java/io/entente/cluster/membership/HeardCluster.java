package io.entente.cluster.membership;

import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * All data centers as this node hears them: who may originate in which partition. Thread-safe.
 *
 * @param self this node
 * @param state what it holds
 * @param addresses the other nodes
 * @param plan who may originate in which partition
 * @param nanos the monotonic clock
 */
public record HeardCluster(
        NodeId self, NodeState state, AddressBook addresses, PartitionPlan plan, LongSupplier nanos) {

    /** All nodes known, this one among them. */
    public SortedSet<NodeId> nodes() {
        SortedSet<NodeId> nodes = addresses.nodes();
        nodes.add(self);
        return nodes;
    }

    /** All partitions that there are. */
    public Partitions partitions() {
        return Partitions.all(plan.partitions());
    }

    /** Whether some partition has one leader for all data centers, as far as this node's replicas know. */
    public boolean hasSingleLeaders() {
        return state.hasSingleLeaders();
    }

    /** The partitions that a node holds and may originate in. */
    public Partitions originatedAt(NodeId node) {
        SortedSet<Integer> held = new TreeSet<>(
                node.equals(self)
                        ? state.replicas().keySet()
                        : addresses.heldBy(node).numbers());
        held.removeIf(partition -> !plan.mayOriginate(node, partition));
        return new Partitions(held);
    }

    /** The nodes that hold a partition, may originate in it, and were heard lately; this one first, where it is one. */
    public List<NodeId> liveOriginatorsOf(int partition) {
        long now = nanos.getAsLong();
        List<NodeId> live = new ArrayList<>();
        if (originatedAt(self).contains(partition)) {
            live.add(self);
        }
        for (NodeId node : addresses.holdersOf(partition)) {
            if (addresses.isLive(node, now) && plan.mayOriginate(node, partition)) {
                live.add(node);
            }
        }
        return live;
    }
}
