package io.entente.cluster.membership;

import akka.actor.typed.Behavior;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.GroupCommit;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.settings.FormationSettings;
import io.entente.core.message.NodeId;
import io.entente.core.store.directory.DataDirectory;
import java.util.List;

/**
 * What a node's membership works with.
 *
 * @param self the node
 * @param address its Akka address
 * @param seeds the seeds' Akka addresses, in their order
 * @param formation how the node comes into its cluster
 * @param plan which nodes are to hold which partitions
 * @param directory the node's data directory
 * @param commits the node's commit thread
 * @param addresses where to note peers
 * @param state where to show the node's state
 * @param replicas makes a partition's actor
 * @param topology the topology in force
 * @param clock the node's clock
 * @param founding makes a new cluster's identity durable
 */
public record NodeSetup(
        NodeId self,
        String address,
        List<String> seeds,
        FormationSettings formation,
        PartitionPlan plan,
        DataDirectory directory,
        GroupCommit commits,
        AddressBook addresses,
        NodeState state,
        Replicas replicas,
        TopologyInForce topology,
        ClockSetup clock,
        Founding founding) {

    /** Whether a sender belongs to this node's cluster, as far as is known. */
    boolean isPeer(String ofCluster, NodeId sender) {
        return state.cluster().filter(ofCluster::equals).isPresent() && addresses.knows(sender);
    }

    /** Makes the actors of a node's replicas. */
    public interface Replicas {

        /** The partitions of which the node's store has something, whatever the plan says now: others may count on them. */
        Partitions kept();

        /** The actor of a partition in the cluster of that identifier. */
        Behavior<Object> replica(int partition, String cluster);
    }

    /** Founds a cluster in this node's directory. */
    public interface Founding {

        /** Admits every partition that the plan gives the node, makes the new identifier durable, and answers with it. */
        String foundCluster();
    }
}
