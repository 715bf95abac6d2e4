package io.entente.cluster.routing;

import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * Who of this node's data center leads and holds what, as far as this node knows now; a single leader may be in any. Thread-safe; never
 * blocks.
 */
public interface Whereabouts {

    /** This node. */
    NodeId self();

    /**
     * The node to which writes of a partition go; empty while none is known. It may be wrong, or about to change. Where each data center has a
     * leader, whoever is asked does the write all the same, and two that lead do no harm; where one leads all, whoever doesn't refuses.
     */
    Optional<NodeId> leaderOf(int partition);

    /** Whether one node leads a partition for all data centers, or is to: then nobody else will do. By default not as far as is known. */
    default boolean hasSingleLeader(int partition) {
        return false;
    }

    /**
     * The other nodes that hold a partition and were heard lately, in the order of their rank for it; without those that say that they are behind, unless all are.
     */
    List<NodeId> liveHoldersOf(int partition);

    /**
     * Whom to read a partition from that this node holds, while its own replica is behind: the node to which writes go, so that who has written reads what it wrote;
     * else another one, of this data center before those of others. Empty once the replica has caught up, and while nobody is in reach who has; and by default,
     * as for data centers in which this node is not.
     */
    default Optional<NodeId> aheadOf(int partition) {
        return Optional.empty();
    }
}
