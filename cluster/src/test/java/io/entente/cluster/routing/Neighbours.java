package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import io.entente.core.record.Siblings;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The nodes around a router as a test says that they are: who leads, who is ahead, and what they answer. */
final class Neighbours implements Whereabouts, Forwarding {

    static final NodeId SELF = new NodeId("eu", "eu-1");

    /** Holds what this node doesn't. */
    static final NodeId MATE = new NodeId("eu", "eu-2");

    /** What was asked of whom, in its order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Queue<Supplier<CompletionStage<Reply>>> answers = new ArrayDeque<>();
    volatile Optional<NodeId> leader = Optional.of(SELF);
    volatile Optional<NodeId> ahead = Optional.empty();
    volatile boolean single = true;
    volatile List<NodeId> holders = List.of(MATE);

    /** The next request that is forwarded is answered so; without a word, with nothing found. */
    synchronized void answer(Reply reply) {
        answers.add(() -> CompletableFuture.completedStage(reply));
    }

    /** The next request that is forwarded gets no answer. */
    synchronized void keepSilent() {
        answers.add(CompletableFuture::new);
    }

    /** The next request that is forwarded fails so. */
    synchronized void fail(Outcome outcome, RequestFailedException.Cause cause) {
        answers.add(() ->
                CompletableFuture.failedStage(new RequestFailedException(outcome, cause, "no answer from there")));
    }

    /** What is found where there is nothing. */
    static Reply nothing() {
        return new Reply.Found(Siblings.none(), VersionVector.empty());
    }

    private synchronized CompletionStage<Reply> next(String what, NodeId of) {
        asked.add(what + " " + of.node());
        Supplier<CompletionStage<Reply>> said = answers.poll();
        return said == null ? CompletableFuture.completedStage(nothing()) : said.get();
    }

    @Override
    public NodeId self() {
        return SELF;
    }

    @Override
    public Optional<NodeId> leaderOf(int partition) {
        return leader;
    }

    @Override
    public boolean hasSingleLeader(int partition) {
        return single;
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        return holders;
    }

    @Override
    public Optional<NodeId> aheadOf(int partition) {
        return ahead;
    }

    @Override
    public CompletionStage<Reply> write(NodeId to, Router.Write request) {
        return next("write", to);
    }

    @Override
    public CompletionStage<Reply> read(NodeId to, Router.Read request) {
        return next("read", to);
    }

    @Override
    public CompletionStage<Reply> parts(NodeId to, Router.PartsRead request) {
        return next("parts", to);
    }

    @Override
    public CompletionStage<Listing> list(NodeId to, ListRequest request, Partitions of) {
        asked.add("list " + to.node() + " " + of.numbers());
        return CompletableFuture.completedStage(
                new Listing(List.of(new Listed("k@" + to.node(), Siblings.none())), Optional.empty()));
    }
}
