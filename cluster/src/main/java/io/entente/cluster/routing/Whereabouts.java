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

    /** The other nodes that hold a partition and were heard lately, in the order of their rank for it. */
    List<NodeId> liveHoldersOf(int partition);
}
