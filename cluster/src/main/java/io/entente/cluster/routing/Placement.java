package io.entente.cluster.routing;

import com.dynatrace.hash4j.hashing.Hashing;
import io.entente.core.message.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which nodes of a data center hold a partition, and in which order they are to lead it: rendezvous hashing (Thaler and
 * Ravishankar, 1998), each node's rank being the hash of its name and the partition. A node that comes or goes moves only the partitions that it
 * gains or loses, and every node that knows the same nodes arrives at the same ranks without asking.
 *
 * <p>Part of the cluster's data format: it never changes.
 *
 * @param replicationFactor how many copies a data center keeps, at least 1; as many as it has nodes when it has fewer
 */
public record Placement(int replicationFactor) {

    public Placement {
        if (replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "a replication factor of " + replicationFactor + ": keep at least 1 copy in a data center");
        }
    }

    /** The nodes that hold the partition, of these in one data center; the first leads. */
    public List<NodeId> holders(int partition, Collection<NodeId> nodes) {
        return ranked(partition, nodes).stream().limit(replicationFactor).toList();
    }

    /** All these nodes of one data center by their rank for the partition. */
    public static List<NodeId> ranked(int partition, Collection<NodeId> nodes) {
        return nodes.stream()
                .distinct()
                .sorted(Comparator.<NodeId>comparingLong(node -> weight(partition, node))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static long weight(int partition, NodeId node) {
        return Hashing.xxh3_64()
                .hashStream()
                .putString(node.node())
                .putInt(partition)
                .getAsLong();
    }
}
