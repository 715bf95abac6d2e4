package io.entente.cluster.replica;

import com.dynatrace.hash4j.hashing.Hashing;
import io.entente.core.message.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Who a replica is to its peers.
 *
 * @param node its node
 * @param partition its partition
 * @param cluster the cluster's fingerprint
 */
public record Sender(NodeId node, int partition, long cluster) {

    public Sender {
        Objects.requireNonNull(node, "node");
    }

    /** The replica of a node's partition in the cluster of that identifier. */
    public static Sender of(NodeId node, int partition, String cluster) {
        byte[] id = cluster.getBytes(StandardCharsets.UTF_8);
        return new Sender(node, partition, Hashing.xxh3_64().hashBytesToLong(id));
    }
}
