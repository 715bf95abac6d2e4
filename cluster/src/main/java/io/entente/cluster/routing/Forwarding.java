package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listing;
import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import java.util.concurrent.CompletionStage;

/**
 * The way to the other nodes of this data center. Whoever is asked answers from its own replica or refuses; nothing is passed on twice, so
 * that nodes with different views can't send a request round in circles. Thread-safe; never blocks.
 *
 * <p>Nothing is sent twice either. A stage that completes exceptionally does so with {@link RequestFailedException}: not applied when the
 * request was surely not sent or was refused, unknown when it may have arrived and got no answer.
 */
public interface Forwarding {

    /** Has a node write at its replica. */
    CompletionStage<Reply> write(NodeId to, Router.Write request);

    /** Has a node read from its replica. */
    CompletionStage<Reply> read(NodeId to, Router.Read request);

    /** Has a node read parts of a mergeable value from its replica. */
    CompletionStage<Reply> parts(NodeId to, Router.PartsRead request);

    /** Has a node list what some partitions of its hold. */
    CompletionStage<Listing> list(NodeId to, ListRequest request, Partitions of);
}
