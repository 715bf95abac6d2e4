package io.entente.cluster.routing;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.cluster.replica.ReplicaFailure;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.store.StoreReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Routes to the replicas of this node, which holds a copy of every partition. */
public final class LocalRouter implements Router {

    /**
     * How many requests may be under way at one partition; more are refused as overload, so that those taken are answered in
     * bounded time and memory.
     */
    private static final int REQUESTS_PER_PARTITION = 4_096;

    private final Supplier<List<ActorRef<Object>>> replicas;
    private final List<AtomicInteger> underWay;
    private final Partitioning partitioning;
    private final StoreReader store;
    private final Executor blocking;

    /**
     * @param partitions how many there are
     * @param replicas the replicas, by partition; none until they run
     * @param store the committed records
     * @param blocking where listings read the store
     */
    public LocalRouter(
            int partitions, Supplier<List<ActorRef<Object>>> replicas, StoreReader store, Executor blocking) {
        this.partitioning = new Partitioning(partitions);
        this.replicas = replicas;
        this.underWay = Stream.generate(AtomicInteger::new).limit(partitions).toList();
        this.store = store;
        this.blocking = blocking;
    }

    @Override
    public int partitions() {
        return partitioning.partitions();
    }

    @Override
    public int partitionOf(String key) {
        return partitioning.of(key);
    }

    @Override
    public CompletionStage<Reply> write(Write request) {
        return ask(
                partitionOf(request.key().key()),
                id -> new WriteRequested(
                        id,
                        request.key(),
                        request.payload(),
                        request.condition(),
                        request.concern(),
                        request.timeout()));
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        return ask(
                partitionOf(request.key().key()),
                id -> new ReadRequested(id, request.key(), request.atLeast(), request.timeout()));
    }

    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        return CompletableFuture.supplyAsync(() -> new MapListing(store, partitions()).list(request), blocking);
    }

    private CompletionStage<Reply> ask(int partition, Function<RequestId, Event> event) {
        AtomicInteger open = underWay.get(partition);
        if (open.incrementAndGet() > REQUESTS_PER_PARTITION) {
            open.decrementAndGet();
            return CompletableFuture.failedFuture(new RequestFailedException(
                    Outcome.NOT_APPLIED,
                    RequestFailedException.Cause.OVERLOADED,
                    REQUESTS_PER_PARTITION + " requests are under way at partition " + partition
                            + ", which is the limit: try again in a moment"));
        }
        List<ActorRef<Object>> running = replicas.get();
        if (running.isEmpty()) {
            open.decrementAndGet();
            return notRunning();
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        running.get(partition).tell(new ReplicaCommand.Request(event, reply));
        return reply.handle((answer, failure) -> {
            open.decrementAndGet();
            return answerOrFailure(answer, failure);
        });
    }

    private static CompletionStage<Reply> notRunning() {
        return CompletableFuture.failedFuture(new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.NOT_RUNNING,
                "the node does not know its cluster yet: wait until it is ready, or start one of its seeds"));
    }

    private static Reply answerOrFailure(@Nullable Reply answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer;
        }
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof ReplicaFailure replica) {
            throw new RequestFailedException(
                    replica.mayBeApplied() ? Outcome.UNKNOWN : Outcome.NOT_APPLIED,
                    replica.storeFailed()
                            ? RequestFailedException.Cause.STORE_FAILED
                            : RequestFailedException.Cause.NOT_RUNNING,
                    String.valueOf(replica.getMessage()));
        }
        throw new IllegalStateException("a request failed in an unforeseen way", cause);
    }
}
