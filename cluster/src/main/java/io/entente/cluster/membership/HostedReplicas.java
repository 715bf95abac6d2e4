package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import io.entente.cluster.health.HealthNote;
import io.entente.cluster.health.HealthReason;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The replicas this node runs: started once it is known which cluster they belong to, told who their peers are, and asked whether they
 * may write yet. Confined to the node's actor.
 */
final class HostedReplicas {

    private static final DispatcherSelector DISPATCHER =
            DispatcherSelector.fromConfig("akka.actor.entente-replica-dispatcher");

    /** Once all is well, only one of so many looks is taken. */
    private static final int LATER_REVIEWS = 5;

    private final ActorContext<Object> context;
    private final NodeSetup setup;
    private final NodeState state;
    private boolean clockTrusted = true;
    private final JoinedSnapshots snapshots = new JoinedSnapshots();
    private boolean reviewing;
    private boolean caughtUp;
    private int reviews;

    HostedReplicas(ActorContext<Object> context, NodeSetup setup) {
        this.context = context;
        this.setup = setup;
        this.state = setup.state();
    }

    /** Starts the replicas as parts of the cluster of that identifier. */
    void begin(String cluster) {
        state.cluster(cluster);
        state.catchingUp(List.of(new HealthNote(HealthReason.STARTING, "the node's replicas are starting")));
        SortedMap<Integer, ActorRef<Object>> replicas = new TreeMap<>();
        for (int partition : held().numbers()) {
            replicas.put(
                    partition,
                    context.spawn(
                            setup.replicas().replica(partition, cluster),
                            AddressBook.replicaName(partition),
                            DISPATCHER));
        }
        state.replicas(replicas);
        setup.topology().tellAgain();
        tellPeers();
        if (!clockTrusted) {
            tellClock();
        }
        if (state.isMember()) {
            setup.directory().markJoined();
        }
    }

    /** What the plan gives this node, and what it held before. */
    private Partitions held() {
        return setup.plan()
                .heldBy(setup.self(), setup.addresses().nodes())
                .with(setup.replicas().kept());
    }

    /** Tells the replicas who their peers are now: whoever is known to hold the partition too, heard or not. */
    void tellPeers() {
        state.replicas().forEach((partition, replica) -> replica.tell(new ReplicaCommand.Peers(copies(partition))));
    }

    /** Tells the replicas, where that is news, whether the node's clock is right as far as anybody knows. */
    void trustClock(boolean yes) {
        if (yes != clockTrusted) {
            clockTrusted = yes;
            tellClock();
        }
    }

    private void tellClock() {
        state.replicas().values().forEach(replica -> replica.tell(new ReplicaCommand.Clock(clockTrusted)));
    }

    private Copies copies(int partition) {
        SortedSet<NodeId> holders = setup.addresses().holdersOf(partition);
        holders.add(setup.self());
        return setup.plan().copies(partition, holders);
    }

    /** Whether all replicas have been seen to accept writes, which ends every doubt about what the directory has lost. */
    boolean haveCaughtUp() {
        return caughtUp;
    }

    /** Asks the replicas whether they may write yet, and then, less often, whether they join a snapshot; the answer comes as {@link Reviewed}. */
    void review() {
        boolean due = !caughtUp || reviews++ % LATER_REVIEWS == 0;
        if (due && !reviewing && !state.replicas().isEmpty()) {
            reviewing = true;
            context.pipeToSelf(
                    Review.of(state.replicas()), (found, failure) -> new Reviewed(Optional.ofNullable(found)));
        }
    }

    void onReviewed(Reviewed reviewed) {
        reviewing = false;
        reviewed.found().ifPresent(found -> {
            // Who was retired while away had caught up, as far as it knew, before it heard of it.
            List<HealthNote> obstacles = new ArrayList<>();
            for (String why : caughtUp ? found.retired() : found.waits()) {
                boolean retired = found.retired().contains(why);
                obstacles.add(new HealthNote(retired ? HealthReason.RETIRED : HealthReason.CATCHING_UP, why));
            }
            snapshots
                    .now(found.joins())
                    .ifPresent(how -> obstacles.add(new HealthNote(HealthReason.JOINING_SNAPSHOT, how)));
            state.catchingUp(obstacles);
            if (obstacles.isEmpty() && !caughtUp) {
                caughtUp = true;
                setup.directory().caughtUp();
            }
        });
    }

    /**
     * What the replicas answered.
     *
     * @param found none when they could not answer
     */
    record Reviewed(Optional<Review.Findings> found) {}
}
