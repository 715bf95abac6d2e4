package io.entente.core.mode;

import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The copies of a partition as a chain: its leader, the others of the leader's data center, then data center by data center, so that
 * entries cross each border once. Each pulls from the one before it, so what the last one has all have (van Renesse and Schneider,
 * <i>Chain Replication</i>, 2004). Who is down keeps its place.
 *
 * @param order from the leader to the tail
 */
public record Chain(List<NodeId> order) {

    public Chain {
        order = List.copyOf(order);
    }

    /** The chain behind a leader. */
    public static Chain of(NodeId leader, Copies copies) {
        List<NodeId> order = new ArrayList<>(copies.homes());
        order.remove(leader);
        order.sort(Comparator.comparing((NodeId node) -> !node.dataCenter().equals(leader.dataCenter()))
                .thenComparing(Comparator.naturalOrder()));
        order.add(0, leader);
        return new Chain(order);
    }

    /** The last one, whose acknowledgement is everybody's. */
    public NodeId tail() {
        return order.get(order.size() - 1);
    }

    /** How many places a node is before another one; a number beyond all places where it is not before it, or in no chain. */
    public int placesBefore(NodeId node, NodeId other) {
        int place = order.indexOf(node);
        int its = order.indexOf(other);
        return place < 0 || its <= place ? order.size() + 1 : its - place;
    }
}
