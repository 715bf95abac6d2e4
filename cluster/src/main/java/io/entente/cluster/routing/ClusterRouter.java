package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Routes inside this data center: writes to the partition's leader, which a single leader may be in another one, reads to this node's replica,
 * or else to any live one, in turn. What
 * goes to another node is bounded by number and bytes as what goes to this node's replicas is. Closed last of the node's parts, so that
 * no request stays without an answer.
 */
public final class ClusterRouter implements Router, AutoCloseable {

    private final LocalRouter local;
    private final Whereabouts whereabouts;
    private final Forwarding others;
    private final UnderWay underWay = UnderWay.toOthers();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param local asks this node's replicas
     * @param whereabouts says where the others are
     * @param others asks other nodes
     */
    public ClusterRouter(LocalRouter local, Whereabouts whereabouts, Forwarding others) {
        this.local = local;
        this.whereabouts = whereabouts;
        this.others = others;
    }

    @Override
    public int partitions() {
        return local.partitions();
    }

    @Override
    public int partitionOf(String key) {
        return local.partitionOf(key);
    }

    @Override
    public CompletionStage<Reply> write(Write request) {
        int partition = partitionOf(request.key().key());
        Optional<NodeId> leader = whereabouts.leaderOf(partition);
        if (isForThisNode(leader)) {
            return local.write(request);
        }
        if (leader.isEmpty()) {
            return CompletableFuture.failedFuture(nobodyLeads(partition));
        }
        return underWay.forward(request.payload().length(), () -> others.write(leader.get(), request));
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        int partition = partitionOf(request.key().key());
        if (request.from() == Source.LEADER || request.terms().concern().isLeaders()) {
            Optional<NodeId> leader = whereabouts.leaderOf(partition);
            return leader.isEmpty() || isForThisNode(leader)
                    ? local.read(request)
                    : underWay.forward(0, () -> others.read(leader.get(), request));
        }
        Optional<NodeId> holder = otherHolderOf(partition);
        return holder.isEmpty() ? local.read(request) : underWay.forward(0, () -> others.read(holder.get(), request));
    }

    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        Optional<NodeId> holder = otherHolderOf(partitionOf(request.key().key()));
        return holder.isEmpty() ? local.parts(request) : underWay.forward(0, () -> others.parts(holder.get(), request));
    }

    /** Whom to ask for what this node doesn't hold. */
    private Optional<NodeId> otherHolderOf(int partition) {
        List<NodeId> holders = local.holds(partition) ? List.of() : whereabouts.liveHoldersOf(partition);
        return holders.isEmpty() ? Optional.empty() : Optional.of(inTurn(holders));
    }

    /** What this node holds is listed here, the rest by as few others as have all of it; then the pages are merged. */
    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        Partitions held = local.held();
        Map<NodeId, Partitions> elsewhere = new TreeMap<>();
        int first = turn.getAndIncrement();
        for (int partition : Partitions.all(partitions()).without(held).numbers()) {
            List<NodeId> holders = whereabouts.liveHoldersOf(partition);
            if (holders.isEmpty()) {
                return CompletableFuture.failedFuture(nobody(partition));
            }
            NodeId holder = holders.get(Math.floorMod(first, holders.size()));
            elsewhere.merge(holder, Partitions.of(partition), Partitions::with);
        }
        List<CompletionStage<Listing>> pages = new ArrayList<>();
        if (!held.numbers().isEmpty() || elsewhere.isEmpty()) {
            pages.add(local.list(request, held));
        }
        elsewhere.forEach((holder, of) -> pages.add(underWay.forward(0, () -> others.list(holder, request, of))));
        return ListingMerge.whenAll(pages, request.limit());
    }

    /** Answers every request that is still under way, and refuses all later ones. */
    @Override
    public void close() {
        underWay.close();
        local.close();
    }

    /** Whether this node leads, or has no replicas yet and says why. */
    private boolean isForThisNode(Optional<NodeId> leader) {
        return leader.equals(Optional.of(whereabouts.self()))
                || (leader.isEmpty() && local.held().numbers().isEmpty());
    }

    private NodeId inTurn(List<NodeId> holders) {
        return holders.get(Math.floorMod(turn.getAndIncrement(), holders.size()));
    }

    private static RequestFailedException nobodyLeads(int partition) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.UNREACHABLE,
                "no leader of partition " + partition
                        + " is known here: try again in a moment, or start the nodes that could lead it");
    }

    private static RequestFailedException nobody(int partition) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.UNREACHABLE,
                "no node of this data center that holds partition " + partition
                        + " is in reach: try again in a moment, or start one of them");
    }
}
