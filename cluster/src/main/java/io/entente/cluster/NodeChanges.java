package io.entente.cluster;

import io.entente.cluster.feed.ChangeFeed;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.replica.Partitions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The changes that a node can tell of: those of the partitions it holds, as long as these are all there are. */
final class NodeChanges {

    private NodeChanges() {}

    /**
     * A feed of what the node's replicas change.
     *
     * @param executor where followers are served
     * @param partitions how many there are
     * @param held those this node holds
     */
    static ChangeFeed feed(Executor executor, int partitions, Supplier<Partitions> held) {
        return new ChangeFeed(
                new SecureRandom(),
                executor,
                () -> obstacle(Partitions.all(partitions).without(held.get())),
                () -> new NotAppliedException(
                        Reason.OVERLOADED,
                        ChangeFeed.MOST_FOLLOWERS
                                + " follow maps at this node, which is the limit: try again in a moment"));
    }

    private static Optional<NotAppliedException> obstacle(Partitions unheard) {
        return unheard.numbers().isEmpty()
                ? Optional.empty()
                : Optional.of(new NotAppliedException(
                        Reason.NOT_READY,
                        "this node has no replica of the partitions " + unheard.numbers()
                                + ", so it doesn't hear of all changes: follow the map at a node that holds all partitions ('holds' in /cluster),"
                                + " or read its pages from time to time"));
    }
}
