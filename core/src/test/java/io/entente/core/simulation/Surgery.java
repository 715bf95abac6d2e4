package io.entente.core.simulation;

import io.entente.core.event.Event;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Start;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.StoreReader;
import io.entente.core.store.WriteBatch;
import io.entente.core.topology.TopologyPlan;
import java.util.List;

/**
 * Where a bug can be put into a simulated node from outside: between the replica and its world. Without an operation on it a
 * node is as it should be.
 */
interface Surgery {

    /** A healthy node. */
    Surgery NONE = new Surgery() {};

    /** Whether a node that may have lost data is watched for what it must know before it writes. */
    default boolean isAdmissionJudged() {
        return true;
    }

    /** Whether concerns and sessions are compared with disks and vectors; values alone are judged all the same. */
    default boolean isConcernJudged() {
        return true;
    }

    /** What the node knows of its store's past. */
    default Start.Standing standing(Start.Standing standing) {
        return standing;
    }

    /** How the replica starts. */
    default Start start(Start start, StoreReader disk) {
        return start;
    }

    /** The store it reads. */
    default ReadableStore store(NodeId at, ReadableStore disk) {
        return disk;
    }

    /** Its settings. */
    default ReplicaSettings settings(ReplicaSettings settings) {
        return settings;
    }

    /** The links a node that is up uses once it hears of a change. */
    default TopologyPlan relinked(NodeId at, TopologyPlan before, TopologyPlan changed) {
        return changed;
    }

    /** The links a node starts with: those the cluster was founded with, or what was changed since. */
    default TopologyPlan atStart(TopologyPlan founded, TopologyPlan changed) {
        return changed;
    }

    /** What becomes of the batch it wants made durable. */
    default WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
        return batch;
    }

    /** What becomes of a message before the replica sees it. */
    default List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
        return List.of(message);
    }

    /** What becomes of a client's request before the replica sees it. */
    default Event request(Event request, io.entente.core.replica.Replica replica) {
        return request;
    }

    /** Whether effects wait for the commit of their step's batch. */
    default boolean commitsFirst() {
        return true;
    }
}
