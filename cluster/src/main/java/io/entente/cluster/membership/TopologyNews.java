package io.entente.cluster.membership;

import io.entente.cluster.serialization.CborMessage;
import java.util.Objects;

/**
 * What a node tells of the topology in force, with every greeting, once it has been changed: so nodes that were away learn of it.
 *
 * @param cluster the sender's cluster
 * @param topology the topology, as {@link AgreedTopology#text()} writes it
 */
public record TopologyNews(String cluster, String topology) implements CborMessage {

    public TopologyNews {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(topology, "topology");
    }
}
