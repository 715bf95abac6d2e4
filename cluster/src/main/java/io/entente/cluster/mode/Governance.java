package io.entente.cluster.mode;

import akka.Done;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.settings.ModeSettings;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Who leads the cluster, and in which mode, as an operator at any of its nodes decides. Thread-safe; never blocks.
 *
 * <p>Partitions change one by one, all at about the same time: while they do, some are written to under the old rules and some under the new
 * ones, and for a moment neither. Where not all could be changed the same can be asked again: what has changed stays as it is.
 */
public interface Governance {

    /** What the modes mean where nobody says otherwise. */
    ModeSettings modes();

    /**
     * Has a node lead all partitions that it holds: a switchover while their leader is there, else a promotion.
     *
     * @param name the node's name
     * @param timeout how long the voters may take to agree
     * @return completes when it leads; fails with {@link RequestFailedException}
     * @throws IllegalArgumentException when there is no such node, or it holds nothing that it could lead
     * @throws IllegalStateException when no single leader is to lead
     */
    CompletionStage<Done> leader(String name, Duration timeout);

    /**
     * Has all partitions written to under another mode. In one with a single leader this node leads those that it holds.
     *
     * @param mode the new mode, with its terms
     * @param timeout how long the voters may take to agree
     * @return completes when all are; fails with {@link RequestFailedException}
     * @throws IllegalStateException when nobody is in reach who could change some partition
     */
    CompletionStage<Done> mode(ReplicationMode mode, Duration timeout);

    /**
     * Has other nodes vote than before, one at a time, in all partitions; of each those that may hold it. Who leads, and the mode, stay.
     *
     * @param names the names of all nodes that are to vote
     * @param timeout how long the voters may take to agree to all of it
     * @return completes when these vote, and no others; fails with {@link RequestFailedException}
     * @throws IllegalArgumentException when nobody is named, or somebody who is no member, or nobody who may hold some partition
     * @throws IllegalStateException when nobody is in reach who could change some partition's
     */
    CompletionStage<Done> voters(Set<String> names, Duration timeout);
}
