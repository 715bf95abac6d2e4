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

/**
 * Routes to another data center: writes to whoever leads there, reads to a node there that holds the partition. For looking at, and writing
 * to, several data centers from one place; clients write where they are. Bounded by number and bytes as all that goes to other nodes is.
 *
 * <p>Thread-safe; never blocks. Cuts made on purpose do not stop it: they concern replication alone.
 */
public final class ElsewhereRouter implements Router {

    private final Router here;
    private final Whereabouts there;
    private final Forwarding others;
    private final UnderWay underWay = UnderWay.toOthers();

    /**
     * @param here knows the partitions
     * @param there who leads and holds what in that data center
     * @param others asks other nodes
     */
    public ElsewhereRouter(Router here, Whereabouts there, Forwarding others) {
        this.here = here;
        this.there = there;
        this.others = others;
    }

    @Override
    public int partitions() {
        return here.partitions();
    }

    @Override
    public int partitionOf(String key) {
        return here.partitionOf(key);
    }

    @Override
    public CompletionStage<Reply> write(Write request) {
        int partition = partitionOf(request.key().key());
        Optional<NodeId> leader = there.leaderOf(partition);
        return leader.isEmpty()
                ? CompletableFuture.failedFuture(nobody(partition))
                : underWay.forward(request.payload().length(), () -> others.write(leader.get(), request));
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        int partition = partitionOf(request.key().key());
        Optional<NodeId> holder = holderOf(partition);
        return holder.isEmpty()
                ? CompletableFuture.failedFuture(nobody(partition))
                : underWay.forward(0, () -> others.read(holder.get(), request));
    }

    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        int partition = partitionOf(request.key().key());
        Optional<NodeId> holder = holderOf(partition);
        return holder.isEmpty()
                ? CompletableFuture.failedFuture(nobody(partition))
                : underWay.forward(0, () -> others.parts(holder.get(), request));
    }

    /** The leader, which has what is written there first; else whoever holds the partition. */
    private Optional<NodeId> holderOf(int partition) {
        return there.leaderOf(partition)
                .or(() -> there.liveHoldersOf(partition).stream().findFirst());
    }

    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        Map<NodeId, Partitions> asked = new TreeMap<>();
        for (int partition = 0; partition < partitions(); partition++) {
            Optional<NodeId> holder = holderOf(partition);
            if (holder.isEmpty()) {
                return CompletableFuture.failedFuture(nobody(partition));
            }
            asked.merge(holder.get(), Partitions.of(partition), Partitions::with);
        }
        List<CompletionStage<Listing>> pages = new ArrayList<>();
        asked.forEach((holder, of) -> pages.add(underWay.forward(0, () -> others.list(holder, request, of))));
        return ListingMerge.whenAll(pages, request.limit());
    }

    private static RequestFailedException nobody(int partition) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.UNREACHABLE,
                "no node of that data center that holds partition " + partition
                        + " is in reach: try again when one is heard, or ask a node there");
    }
}
