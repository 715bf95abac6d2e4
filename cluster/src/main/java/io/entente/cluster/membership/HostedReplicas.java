package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The replicas this node runs: started once it is known which cluster they belong to, told who their peers are, and asked whether they
 * may write yet. Confined to the node's actor.
 */
final class HostedReplicas {

    private final ActorContext<Object> context;
    private final NodeSetup setup;
    private final NodeState state;
    private boolean reviewing;
    private boolean caughtUp;

    HostedReplicas(ActorContext<Object> context, NodeSetup setup) {
        this.context = context;
        this.setup = setup;
        this.state = setup.state();
    }

    /** Starts the replicas as parts of the cluster of that identifier. */
    void begin(String cluster) {
        state.cluster(cluster);
        state.catchingUp(List.of("the node's replicas are starting"));
        List<ActorRef<Object>> replicas = new ArrayList<>();
        for (int partition = 0; partition < setup.partitions(); partition++) {
            replicas.add(
                    context.spawn(setup.replicas().replica(partition, cluster), AddressBook.replicaName(partition)));
        }
        state.replicas(replicas);
        setup.topology().tellAgain();
        tellPeers();
        if (state.isMember()) {
            setup.directory().markJoined();
        }
    }

    /** Tells the replicas who their peers are now. */
    void tellPeers() {
        Set<NodeId> peers = setup.addresses().nodes();
        state.replicas().forEach(replica -> replica.tell(new ReplicaCommand.Peers(peers)));
    }

    /** Whether all replicas have been seen to accept writes, which ends every doubt about what the directory has lost. */
    boolean haveCaughtUp() {
        return caughtUp;
    }

    /** Asks the replicas whether they may write yet; the answer comes as {@link Reviewed}. */
    void review() {
        if (!caughtUp && !reviewing && !state.replicas().isEmpty()) {
            reviewing = true;
            context.pipeToSelf(
                    Review.of(state.replicas()), (waits, failure) -> new Reviewed(Optional.ofNullable(waits)));
        }
    }

    void onReviewed(Reviewed reviewed) {
        reviewing = false;
        reviewed.waits().ifPresent(waits -> {
            state.catchingUp(waits);
            if (waits.isEmpty()) {
                caughtUp = true;
                setup.directory().caughtUp();
            }
        });
    }

    /**
     * What the replicas answered.
     *
     * @param waits what they wait for; none when they could not answer
     */
    record Reviewed(Optional<List<String>> waits) {}
}
