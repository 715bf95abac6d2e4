package io.entente.cluster.membership;

import io.entente.cluster.serialization.CborMessage;
import io.entente.core.message.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node tells every other one of itself, again and again: by it nodes find each other, and make sure that they belong
 * together. It needs no Akka membership, so that it also reaches nodes that wait for a cluster.
 *
 * @param format the version of this message and of the peer protocol
 * @param node the sender's name
 * @param dataCenter the sender's data center
 * @param address the sender's Akka address
 * @param cluster the cluster's identifier; empty while the sender doesn't know it
 * @param partitions the sender's number of partitions
 * @param member whether the sender is a member of a running Akka cluster
 * @param joined whether the sender's directory has been a member's before, so that it may start the stopped cluster again
 */
public record Hello(
        int format,
        String node,
        String dataCenter,
        String address,
        Optional<String> cluster,
        int partitions,
        boolean member,
        boolean joined)
        implements CborMessage {

    /** The format this version speaks. */
    public static final int FORMAT = 1;

    public Hello {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(dataCenter, "dataCenter");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(cluster, "cluster");
    }

    NodeId sender() {
        return new NodeId(dataCenter, node);
    }
}
