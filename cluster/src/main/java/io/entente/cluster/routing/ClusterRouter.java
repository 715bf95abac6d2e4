package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.RequestFailedException.Cause;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Routes inside this data center: writes to the partition's leader, which a single leader may be in another one, reads to this node's replica,
 * or else to any live one, in turn. While this node's replica is behind the others, because it is new, has just started or joins a snapshot, reads go where the
 * writes go, so that who has written reads it; else to another copy, if need be of another data center; and only as the last resort to what is here. A read that
 * asks for what is here, {@link io.entente.core.mode.ReadConcern#local()}, gets that all the same.
 *
 * <p>What only a leader does waits, within the request's time, while it is being decided who leads ({@link LeaderSearch}). Where each data center leads by itself and nobody
 * is in reach who could, there is nothing to wait for: such a write is refused at once.
 *
 * <p>What goes to another node is bounded by number and bytes as what goes to this node's replicas is. Closed last of the node's parts, so that
 * no request stays without an answer.
 */
public final class ClusterRouter implements Router, AutoCloseable {

    private final LocalRouter local;
    private final Whereabouts whereabouts;
    private final Forwarding others;
    private final LeaderSearch search;
    private final UnderWay underWay = UnderWay.toOthers();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param local asks this node's replicas
     * @param whereabouts says where the others are
     * @param others asks other nodes
     * @param executor where to ask again when nobody led
     */
    public ClusterRouter(LocalRouter local, Whereabouts whereabouts, Forwarding others, Executor executor) {
        this.local = local;
        this.whereabouts = whereabouts;
        this.others = others;
        this.search = new LeaderSearch(executor);
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
        return search.ask(
                request.timeout(), request.payload().length(), left -> writeOnce(partition, request.within(left)));
    }

    private CompletionStage<Reply> writeOnce(int partition, Write request) {
        Optional<NodeId> leader = whereabouts.leaderOf(partition);
        if (isForThisNode(leader)) {
            return local.write(request);
        }
        if (leader.isEmpty()) {
            return mayComeToLead(partition)
                    ? CompletableFuture.completedStage(nobodyLeads(partition))
                    : CompletableFuture.failedFuture(nobody(partition));
        }
        return unlessGone(underWay.forward(request.payload().length(), () -> others.write(leader.get(), request)));
    }

    /** Whether it is worth while to wait for a leader: an election may be going on elsewhere; else somebody has to be there who could lead. */
    private boolean mayComeToLead(int partition) {
        return whereabouts.hasSingleLeader(partition)
                || local.holds(partition)
                || !whereabouts.liveHoldersOf(partition).isEmpty();
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        int partition = partitionOf(request.key().key());
        boolean isLeaders = request.terms().concern().isLeaders();
        if (isLeaders && !whereabouts.hasSingleLeader(partition)) {
            return readLed(partition, request);
        }
        if (isLeaders || request.from() == Source.LEADER) {
            return search.ask(request.terms().timeout(), 0, left -> readLed(partition, request.within(left)));
        }
        return nearest(partition, request.terms(), () -> local.read(request), holder -> others.read(holder, request));
    }

    private CompletionStage<Reply> readLed(int partition, Read request) {
        Optional<NodeId> leader = whereabouts.leaderOf(partition);
        if (isForThisNode(leader) || (leader.isEmpty() && local.holds(partition))) {
            return local.read(request);
        }
        return leader.isEmpty()
                ? CompletableFuture.completedStage(nobodyLeads(partition))
                : search.unless(
                        () -> !whereabouts.leaderOf(partition).equals(leader),
                        nobodyLeads(partition),
                        unlessGone(underWay.forward(0, () -> others.read(leader.get(), request))));
    }

    /** It is not known where the leader is, or it stops: nothing was done, as if nobody led. */
    private static CompletionStage<Reply> unlessGone(CompletionStage<Reply> answer) {
        return answer.exceptionally(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof RequestFailedException refused
                    && refused.outcome() == Outcome.NOT_APPLIED
                    && (refused.kind() == Cause.UNREACHABLE || refused.kind() == Cause.NOT_RUNNING)) {
                return new Reply.Refused(Refusal.NO_LEADER, String.valueOf(refused.getMessage()));
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }

    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        return nearest(
                partitionOf(request.key().key()),
                request.terms(),
                () -> local.parts(request),
                holder -> others.parts(holder, request));
    }

    private CompletionStage<Reply> nearest(
            int partition,
            ReadTerms terms,
            Supplier<CompletionStage<Reply>> here,
            Function<NodeId, CompletionStage<Reply>> there) {
        boolean isHeld = local.holds(partition);
        if (isHeld && isWhateverIsHere(terms)) {
            return here.get();
        }
        Optional<NodeId> other = isHeld ? whereabouts.aheadOf(partition) : inTurn(partition, turn.getAndIncrement());
        if (other.isEmpty()) {
            return here.get();
        }
        CompletionStage<Reply> answer = underWay.forward(0, () -> there.apply(other.get()));
        return isHeld ? orElse(answer, here) : answer;
    }

    private static boolean isWhateverIsHere(ReadTerms terms) {
        return !terms.concern().asksCopies() && !terms.concern().waitsForSession();
    }

    /** What is here is better than nothing, though it be behind. */
    private static CompletionStage<Reply> orElse(CompletionStage<Reply> answer, Supplier<CompletionStage<Reply>> here) {
        return answer.handle((reply, failure) -> failure == null ? CompletableFuture.completedStage(reply) : here.get())
                .thenCompose(Function.identity());
    }

    /** What this node holds, and isn't behind in, is listed here, the rest by as few others as have all of it; then the pages are merged. */
    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        Partitions here = local.held();
        Map<NodeId, Partitions> elsewhere = new TreeMap<>();
        int first = turn.getAndIncrement();
        for (int partition : Partitions.all(partitions()).numbers()) {
            boolean isHeld = here.contains(partition);
            Optional<NodeId> other = isHeld ? whereabouts.aheadOf(partition) : inTurn(partition, first);
            if (other.isPresent()) {
                elsewhere.merge(other.get(), Partitions.of(partition), Partitions::with);
                here = here.without(Partitions.of(partition));
            } else if (!isHeld) {
                return CompletableFuture.failedFuture(nobody(partition));
            }
        }
        List<CompletionStage<Listing>> pages = new ArrayList<>();
        if (!here.numbers().isEmpty() || elsewhere.isEmpty()) {
            pages.add(local.list(request, here));
        }
        elsewhere.forEach((holder, of) -> pages.add(underWay.forward(0, () -> others.list(holder, request, of))));
        return ListingMerge.whenAll(pages, request.limit());
    }

    /** Answers every request that is still under way, and refuses all later ones. */
    @Override
    public void close() {
        search.close();
        underWay.close();
        local.close();
    }

    /** Whether this node leads, or has no replicas yet and says why. */
    private boolean isForThisNode(Optional<NodeId> leader) {
        return leader.equals(Optional.of(whereabouts.self()))
                || (leader.isEmpty() && local.held().numbers().isEmpty());
    }

    /** One of those who hold a partition that this node doesn't hold. */
    private Optional<NodeId> inTurn(int partition, int number) {
        List<NodeId> holders = whereabouts.liveHoldersOf(partition);
        return holders.isEmpty() ? Optional.empty() : Optional.of(holders.get(Math.floorMod(number, holders.size())));
    }

    private static Reply nobodyLeads(int partition) {
        return new Reply.Refused(
                Refusal.NO_LEADER,
                "no leader of partition " + partition
                        + " is known here: try again in a moment, or start the nodes that could lead it");
    }

    private static RequestFailedException nobody(int partition) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                Cause.UNREACHABLE,
                "no node that holds partition " + partition
                        + " is in reach: try again in a moment, or start one of them");
    }
}
