package io.entente.cluster;

import io.entente.cluster.conflict.Conflicts;
import io.entente.cluster.disk.Remedy;
import io.entente.cluster.feed.ChangeFeed;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.membership.NodeState;
import io.entente.cluster.membership.PartitionPlan;
import io.entente.cluster.replica.ReplicaShell;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.record.RecordKey;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.StoreFullException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a node's surfaces know how its replicas fare.
 *
 * @param self the node
 * @param state what its surfaces see
 * @param plan who may originate in which partition: nobody else is shown as a leader
 * @param conflicts the conflicts it has seen
 * @param changes told what its replicas change
 * @param disk told that the disk was too full for a commit
 */
record NodeObserver(
        NodeId self, NodeState state, PartitionPlan plan, Conflicts conflicts, ChangeFeed changes, Runnable disk)
        implements ReplicaShell.Observer {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRuntime.class);

    @Override
    public void leaderIs(int partition, Optional<NodeId> leader, ReplicationMode mode) {
        state.leader(partition, leader.filter(node -> plan.mayOriginate(node, partition)), mode);
    }

    @Override
    public void caughtUp(int partition, boolean is) {
        state.caughtUp(partition, is);
    }

    @Override
    public void degraded(int partition, boolean is) {
        state.degraded(partition, is);
    }

    @Override
    public void conflictSeen() {
        conflicts.grown();
    }

    @Override
    public void changed(int partition, List<RecordKey> keys, VersionVector upTo) {
        changes.changed(partition, keys, upTo);
    }

    @Override
    public void storeFailed(Throwable failure) {
        if (StoreFullException.isCauseOf(failure)) {
            disk.run();
            return;
        }
        if (failure instanceof StoreFencedException) {
            LOG.debug("refused after the store's failure", failure);
            return;
        }
        boolean news = state.failed(
                HealthReason.STORE_FAILED,
                "the store has failed (" + failure.getMessage() + "): "
                        + (failure instanceof StoreDamagedException
                                ? Remedy.ofDamage(self.node())
                                : "replace the disk, or raise the limit of the system if that is what failed, and restart the node"));
        if (news) {
            // Each replica that had a part in the commit says so.
            LOG.error(
                    "the store of node {} has failed; the node takes no more writes until it is restarted",
                    self,
                    failure);
        }
    }

    @Override
    public void halted(int partition, Throwable failure) {
        LOG.error("the replica of partition {} at node {} has halted over a broken rule", partition, self, failure);
        state.failed(
                HealthReason.REPLICA_HALTED,
                "the replica of partition " + partition + " has halted (" + failure
                        + "): restart the node, and report what its log says");
    }
}
