package io.entente.cluster.http;

import akka.Done;
import io.entente.cluster.map.Maps;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;

/**
 * The rest of the cluster as a surface of one node asks it: what lets people look at all data centers, and write in each, from one page.
 * Thread-safe; never blocks. Stages fail with {@link io.entente.cluster.routing.RequestFailedException}.
 */
public interface Elsewhere {

    /** The other nodes that are known, of all data centers, up or not. */
    SortedSet<NodeId> nodes();

    /** What {@code /cluster} of another node answers: JSON in UTF-8. */
    CompletionStage<Bytes> view(NodeId node);

    /** Has another node cut or mend its use of the link between two data centers, in one direction. */
    CompletionStage<Done> link(NodeId node, String from, String to, boolean cut);

    /** Where the node serves HTTP that writes of a key go to, as {@code http://host:port}; empty when that is this one, or not known. */
    Optional<String> leaderOf(RecordKey key);

    /** The maps as another data center has them; empty for one that is not known, or is this node's. */
    Optional<Maps> maps(String dataCenter);
}
