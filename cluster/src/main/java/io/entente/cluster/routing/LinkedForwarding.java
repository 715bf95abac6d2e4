package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listing;
import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The way of clients' requests to other nodes, along links that may be cut on purpose: a request goes where replication goes, or not at all. Else who is cut off would
 * have its writes acknowledged all the same, by the very leader that it can't reach. Operators' questions go past it. Thread-safe.
 */
public final class LinkedForwarding implements Forwarding {

    private final Forwarding others;
    private final Predicate<String> isCut;

    /**
     * @param others the way itself
     * @param isCut whether the link to a data center is cut on purpose, in either direction: a request needs an answer
     */
    public LinkedForwarding(Forwarding others, Predicate<String> isCut) {
        this.others = others;
        this.isCut = isCut;
    }

    @Override
    public CompletionStage<Reply> write(NodeId to, Router.Write request) {
        return unlessCut(to, () -> others.write(to, request));
    }

    @Override
    public CompletionStage<Reply> read(NodeId to, Router.Read request) {
        return unlessCut(to, () -> others.read(to, request));
    }

    @Override
    public CompletionStage<Reply> parts(NodeId to, Router.PartsRead request) {
        return unlessCut(to, () -> others.parts(to, request));
    }

    @Override
    public CompletionStage<Listing> list(NodeId to, ListRequest request, Partitions of) {
        return unlessCut(to, () -> others.list(to, request, of));
    }

    private <T> CompletionStage<T> unlessCut(NodeId to, Supplier<CompletionStage<T>> ask) {
        return isCut.test(to.dataCenter())
                ? CompletableFuture.failedFuture(new RequestFailedException(
                        Outcome.NOT_APPLIED,
                        RequestFailedException.Cause.UNREACHABLE,
                        "the link to node " + to + " is cut: mend it, or ask in its data center"))
                : ask.get();
    }
}
