package io.entente.cluster.routing;

import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;

/** Who of this node's data center leads and holds what, as far as this node knows now. Thread-safe; never blocks. */
public interface Whereabouts {

    /** This node. */
    NodeId self();

    /**
     * The node to which writes of a partition go; empty while none is known. It may be wrong, or about to change: whoever is asked does
     * the write all the same, and two that lead do no harm.
     */
    Optional<NodeId> leaderOf(int partition);

    /** The other nodes that hold a partition and were heard lately, in the order of their rank for it. */
    List<NodeId> liveHoldersOf(int partition);
}
