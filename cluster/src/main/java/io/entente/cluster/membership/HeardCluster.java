package io.entente.cluster.membership;

import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /**
     * Makes sure that some nodes can be named as voters.
     *
     * @throws IllegalArgumentException when nobody is named, or somebody who is to be no member of any partition
     */
    public void requireMembers(Set<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("nobody is named: name at least one node");
        }
        SortedSet<String> members = new TreeSet<>();
        partitions().numbers().forEach(partition -> members.addAll(plan.members(partition)));
        names.stream().filter(name -> !members.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    members.isEmpty()
                            ? "no members are named in the configuration, so nobody can be made a voter: name them"
                            : "there is no member '" + name + "': name some of " + members);
        });
    }

    /**
     * Those of some members that may vote in a partition: who may hold it.
     *
     * @throws IllegalArgumentException when there are none
     */
    public SortedSet<String> votersOf(int partition, Set<String> names) {
        SortedSet<String> voters = new TreeSet<>(names);
        voters.retainAll(plan.members(partition));
        if (voters.isEmpty()) {
            throw new IllegalArgumentException("none of " + names + " has a copy of partition " + partition
                    + ": name at least one of " + plan.members(partition));
        }
        return voters;
    }

    /** Who is to be asked to change who votes in a partition: its leader, where there is one that this node knows, else whoever is in reach. */
    public Optional<NodeId> liveDeciderOf(int partition) {
        List<NodeId> live = liveOriginatorsOf(partition);
        return state.leaderOf(partition)
                .filter(leader -> state.hasSingleLeader(partition) && live.contains(leader))
                .or(() -> live.stream().findFirst());
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
