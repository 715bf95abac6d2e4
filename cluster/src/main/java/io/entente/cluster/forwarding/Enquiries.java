package io.entente.cluster.forwarding;

import akka.Done;
import io.entente.cluster.replica.Partitions;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What other nodes may ask of this one beside reads and writes, for operators who look at all from one place. Thread-safe; never blocks. */
public interface Enquiries {

    /** The cluster as this node sees it: what its {@code /cluster} answers, JSON in UTF-8. */
    CompletionStage<Bytes> view();

    /**
     * Cuts or mends this node's use of the links between two data centers, in one direction.
     *
     * @throws IllegalStateException when fault injection is not switched on
     * @throws IllegalArgumentException when a data center is unknown, or neither is this node's
     */
    void link(String from, String to, boolean cut);

    /**
     * Has some of this node's replicas begin an epoch.
     *
     * @param mode the new mode; empty for the present one, led by this node
     * @param timeout how long the others may take to agree
     * @return completes when all have begun; fails with {@link io.entente.cluster.routing.RequestFailedException}
     */
    CompletionStage<Done> begin(Partitions of, Optional<ReplicationMode> mode, Duration timeout);

    /**
     * Has some of this node's replicas change who votes.
     *
     * @param voters the names of all who are to vote
     * @param timeout how long it may take
     * @return completes when these vote; fails with {@link io.entente.cluster.routing.RequestFailedException}
     */
    CompletionStage<Done> vote(Partitions of, Set<String> voters, Duration timeout);
}
