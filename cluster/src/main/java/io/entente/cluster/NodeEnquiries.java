package io.entente.cluster;

import io.entente.cluster.forwarding.Enquiries;
import io.entente.cluster.http.ClusterJson;
import io.entente.cluster.membership.NodePort;
import io.entente.core.bytes.Bytes;
import java.util.concurrent.CompletionStage;

/**
 * Answers operators at other nodes as this node's own surfaces would.
 *
 * @param node the node
 */
record NodeEnquiries(NodePort node) implements Enquiries {

    @Override
    public CompletionStage<Bytes> view() {
        return ClusterJson.of(node);
    }

    @Override
    public void link(String from, String to, boolean cut) {
        node.link(from, to, cut);
    }
}
