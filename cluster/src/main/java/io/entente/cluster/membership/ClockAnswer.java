package io.entente.cluster.membership;

import io.entente.cluster.serialization.CborMessage;
import io.entente.core.message.NodeId;
import java.util.Objects;

/**
 * What a node's clock shows.
 *
 * @param cluster the sender's cluster
 * @param dataCenter the sender's data center
 * @param node the sender's name
 * @param sentNanos the question
 * @param wallMillis what the sender's clock shows, in milliseconds since 1970
 */
public record ClockAnswer(String cluster, String dataCenter, String node, long sentNanos, long wallMillis)
        implements CborMessage {

    public ClockAnswer {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(dataCenter, "dataCenter");
        Objects.requireNonNull(node, "node");
    }

    NodeId sender() {
        return new NodeId(dataCenter, node);
    }
}
