package io.entente.core.message;

import io.entente.conflict.version.Origin;
import java.util.Objects;

/**
 * A node: one process of the cluster, by its data center and its name. Node names are unique in a cluster.
 *
 * @param dataCenter the data center's name
 * @param node the node's name
 */
public record NodeId(String dataCenter, String node) implements Comparable<NodeId> {

    public NodeId {
        Objects.requireNonNull(dataCenter, "dataCenter");
        Objects.requireNonNull(node, "node");
    }

    /** The node of which the origin is an incarnation. */
    public static NodeId of(Origin origin) {
        return new NodeId(origin.dataCenter(), origin.node());
    }

    /** Whether the origin is an incarnation of this node. */
    public boolean isHomeOf(Origin origin) {
        return origin.node().equals(node) && origin.dataCenter().equals(dataCenter);
    }

    @Override
    public int compareTo(NodeId other) {
        int byDataCenter = dataCenter.compareTo(other.dataCenter);
        return byDataCenter != 0 ? byDataCenter : node.compareTo(other.node);
    }

    @Override
    public String toString() {
        return dataCenter + "/" + node;
    }
}
