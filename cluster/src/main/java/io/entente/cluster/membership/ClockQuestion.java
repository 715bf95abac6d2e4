package io.entente.cluster.membership;

import io.entente.cluster.serialization.CborMessage;
import io.entente.core.message.NodeId;
import java.util.Objects;

/**
 * A node asks another one what its clock shows, with every greeting, and tells how far clocks may be apart in its eyes.
 *
 * @param cluster the sender's cluster
 * @param dataCenter the sender's data center
 * @param node the sender's name
 * @param sentNanos names the question; the answer repeats it
 * @param limitMillis the drift that the sender's configuration allows
 */
public record ClockQuestion(String cluster, String dataCenter, String node, long sentNanos, long limitMillis)
        implements CborMessage {

    public ClockQuestion {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(dataCenter, "dataCenter");
        Objects.requireNonNull(node, "node");
    }

    NodeId sender() {
        return new NodeId(dataCenter, node);
    }
}
