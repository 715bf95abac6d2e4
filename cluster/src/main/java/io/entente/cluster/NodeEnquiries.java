package io.entente.cluster;

import akka.Done;
import io.entente.cluster.forwarding.Enquiries;
import io.entente.cluster.http.ClusterJson;
import io.entente.cluster.membership.NodePort;
import io.entente.cluster.mode.OwnEpochs;
import io.entente.cluster.replica.Partitions;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Answers operators at other nodes as this node's own surfaces would.
 *
 * @param node the node
 * @param epochs its replicas' epochs
 */
record NodeEnquiries(NodePort node, OwnEpochs epochs) implements Enquiries {

    @Override
    public CompletionStage<Bytes> view() {
        return ClusterJson.of(node);
    }

    @Override
    public void link(String from, String to, boolean cut) {
        node.link(from, to, cut);
    }

    @Override
    public CompletionStage<Done> begin(Partitions of, Optional<ReplicationMode> mode, Duration timeout) {
        return epochs.begin(of, mode, timeout);
    }

    @Override
    public CompletionStage<Done> vote(Partitions of, Set<String> voters, Duration timeout) {
        return epochs.vote(of, voters, timeout);
    }
}
