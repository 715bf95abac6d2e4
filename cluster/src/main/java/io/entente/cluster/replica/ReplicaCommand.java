package io.entente.cluster.replica;

import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.event.RequestId;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.topology.Copies;
import io.entente.core.topology.TopologyPlan;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a replica's actor is told by its own node. Never leaves the process. */
public sealed interface ReplicaCommand {

    /**
     * A client's request.
     *
     * @param event makes the event of the id the actor gives it
     * @param reply completed with the answer, or exceptionally with a {@link ReplicaFailure}
     */
    record Request(Function<RequestId, Event> event, CompletableFuture<Reply> reply) implements ReplicaCommand {}

    /**
     * The copies of the partition changed.
     *
     * @param copies who holds it, this node among them or not
     */
    record Peers(Copies copies) implements ReplicaCommand {}

    /**
     * The data centers are linked in another way.
     *
     * @param plan how
     */
    record Relink(TopologyPlan plan) implements ReplicaCommand {}

    /**
     * The node's clock was compared with the others'.
     *
     * @param trusted whether it is right, as far as anybody knows
     */
    record Clock(boolean trusted) implements ReplicaCommand {}

    /**
     * Room on the disk became scarce, or there is enough again.
     *
     * @param scarce whether it is
     */
    record Space(boolean scarce) implements ReplicaCommand {}

    /**
     * Finish the commit under way, write nothing more, and answer reads of what is committed, until told to {@link GoOn}: the store is about to
     * be opened anew.
     *
     * @param fenced completed when nothing is under way any more
     */
    record Fence(CompletableFuture<Void> fenced) implements ReplicaCommand {}

    /** The store is open anew: who was fenced goes on from what it holds. */
    record GoOn() implements ReplicaCommand {}

    /**
     * Somebody wants to know how the replica is.
     *
     * @param status completed with it
     */
    record Ask(CompletableFuture<ReplicaStatus> status) implements ReplicaCommand {}

    /**
     * Finish what is under way, refuse what waits, and stop.
     *
     * @param stopped completed when nothing more will be committed
     */
    record Stop(CompletableFuture<Void> stopped) implements ReplicaCommand {}
}
