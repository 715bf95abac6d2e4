package io.entente.cluster.retirement;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Retires nodes, by way of this node's replicas. Thread-safe. */
public final class Retiring {

    private static final long PATIENCE_SECONDS = 5;

    private final NodeId self;
    private final Supplier<SortedMap<Integer, ActorRef<Object>>> replicas;
    private final Supplier<Set<NodeId>> known;
    private final IntFunction<Set<String>> members;

    /**
     * @param self this node
     * @param replicas its replicas, by partition
     * @param known the other nodes it knows
     * @param members the names of a partition's members; none where they aren't named
     */
    public Retiring(
            NodeId self,
            Supplier<SortedMap<Integer, ActorRef<Object>>> replicas,
            Supplier<Set<NodeId>> known,
            IntFunction<Set<String>> members) {
        this.self = Objects.requireNonNull(self, "self");
        this.replicas = Objects.requireNonNull(replicas, "replicas");
        this.known = Objects.requireNonNull(known, "known");
        this.members = Objects.requireNonNull(members, "members");
    }

    /**
     * Retires a node in all partitions that this one holds. Completes once that is durable here; the rest goes on by itself, as the
     * cluster's view shows. A node that is retired already stays so.
     *
     * @throws IllegalArgumentException when the node is unknown, or this one
     * @throws IllegalStateException when this node is not ready
     */
    public CompletionStage<Void> retire(String node) {
        SortedMap<Integer, ActorRef<Object>> mine = replicas.get();
        if (mine.isEmpty()) {
            throw new IllegalStateException("the node holds no data yet: retire nodes when it is ready");
        }
        requireKnown(node, mine);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        mine.forEach((partition, replica) -> {
            if (members.apply(partition).isEmpty() || members.apply(partition).contains(node)) {
                CompletableFuture<Reply> reply = new CompletableFuture<>();
                replica.tell(new ReplicaCommand.Request(id -> new Event.RetirementRequested(id, node), reply));
                replies.add(Patience.answer(partition, reply, PATIENCE_SECONDS));
            }
        });
        return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .thenRun(() -> replies.forEach(reply -> requireAccepted(reply.join())));
    }

    private void requireKnown(String node, SortedMap<Integer, ActorRef<Object>> mine) {
        Set<String> others = new TreeSet<>();
        known.get().forEach(each -> others.add(each.node()));
        mine.keySet().forEach(partition -> others.addAll(members.apply(partition)));
        others.remove(self.node());
        if (node.equals(self.node())) {
            throw new IllegalArgumentException("node '" + node + "' can't retire itself: "
                    + (others.isEmpty() ? "it is the last one" : "ask another one, " + String.join(" or ", others)));
        }
        if (!others.contains(node)) {
            throw new IllegalArgumentException("there is no node '" + node + "' that could be retired: "
                    + (others.isEmpty() ? "this one is the last" : "name one of " + String.join(", ", others)));
        }
    }

    private static void requireAccepted(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            throw new IllegalStateException(refused.detail());
        }
    }
}
