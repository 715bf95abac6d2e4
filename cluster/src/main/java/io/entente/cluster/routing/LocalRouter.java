package io.entente.cluster.routing;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.cluster.replica.ReplicaFailure;
import io.entente.cluster.routing.RequestTimes.Kind;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.event.Event.VerifyRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.mode.ReadConcern;
import io.entente.core.record.Payload;
import io.entente.core.store.ReadableStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes to the replicas of this node, and refuses what concerns partitions that it doesn't hold. Closed last of the node's parts, so
 * that no request stays without an answer.
 */
public final class LocalRouter implements Router, AutoCloseable {

    private final Supplier<SortedMap<Integer, ActorRef<Object>>> replicas;
    private final WriteGate gate;
    private final UnderWay underWay;
    private final Partitioning partitioning;
    private final ReadableStore store;
    private final Executor blocking;
    private final PartsReading partsReading;
    private volatile RequestTimes times = (kind, nanos) -> {};

    /**
     * @param partitions how many there are
     * @param replicas the replicas that the node holds, by partition; none until they run
     * @param gate whether this node takes writes of a partition
     * @param store the committed records
     * @param blocking where listings read the store
     */
    public LocalRouter(
            int partitions,
            Supplier<SortedMap<Integer, ActorRef<Object>>> replicas,
            WriteGate gate,
            ReadableStore store,
            Executor blocking) {
        this.partitioning = new Partitioning(partitions);
        this.replicas = replicas;
        this.gate = gate;
        this.underWay = UnderWay.atReplicas(partitions);
        this.store = store;
        this.blocking = blocking;
        this.partsReading = new PartsReading(store, underWay, blocking);
    }

    /** Has somebody told from now on how long requests to this node's replicas take. */
    public void tell(RequestTimes listener) {
        times = listener;
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
        int partition = partitionOf(request.key().key());
        Optional<RequestFailedException> refusal = gate.refusal(partition);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        return ask(
                kindOf(request.payload()),
                partition,
                request.payload().length(),
                id -> new WriteRequested(
                        id,
                        request.key(),
                        request.payload(),
                        request.condition(),
                        request.concern(),
                        request.timeout(),
                        request.isKept(),
                        request.atLeast()));
    }

    @Override
    public CompletionStage<Reply> read(Read request) {
        return ask(
                Kind.GET,
                partitionOf(request.key().key()),
                0,
                id -> request.terms().request(id, request.key()));
    }

    /** Has a replica of this node compared with all other copies; completes with {@code Verified} or {@code Refused}. */
    public CompletionStage<Reply> verify(int partition, Duration timeout, boolean inBackground) {
        return ask(Kind.VERIFY, partition, 0, id -> new VerifyRequested(id, timeout, inBackground));
    }

    /**
     * Has a replica of this node begin an epoch; completes with {@code EpochBegun} or {@code Refused}.
     *
     * @param mode the new mode; empty for the present one, with this node as its leader
     */
    public CompletionStage<Reply> begin(int partition, Optional<ReplicationMode> mode, Duration timeout) {
        return ask(Kind.EPOCH, partition, 0, id -> new EpochRequested(id, mode, timeout));
    }

    /**
     * Has a replica of this node change who votes; completes with {@code EpochBegun} or {@code Refused}.
     *
     * @param voters the names of all who are to vote
     */
    public CompletionStage<Reply> vote(int partition, Set<String> voters, Duration timeout) {
        Optional<SortedSet<String>> names = Optional.of(new TreeSet<>(voters));
        return ask(Kind.EPOCH, partition, 0, id -> new EpochRequested(id, Optional.empty(), names, timeout));
    }

    /**
     * The replica says when it has reached what is asked for; the parts are then read beside it. Afterwards it is asked in how few
     * components a session can remember that: it knows, and the store doesn't.
     */
    @Override
    public CompletionStage<Reply> parts(PartsRead request) {
        int partition = partitionOf(request.key().key());
        return ask(Kind.GET, partition, 0, id -> request.terms().request(id, request.key()))
                .thenCompose(reply -> reply instanceof Reply.Found
                        ? partsReading.read(partition, request).thenCompose(parts -> named(partition, request, parts))
                        : CompletableFuture.completedStage(reply));
    }

    private CompletionStage<Reply> named(int partition, PartsRead request, Reply parts) {
        if (!(parts instanceof Reply.FoundParts found)) {
            return CompletableFuture.completedStage(parts);
        }
        ReadTerms here = new ReadTerms(
                ReadConcern.local(), VersionVector.empty(), request.terms().timeout());
        return ask(Kind.GET, partition, 0, id -> here.request(id, request.key()))
                .handle((now, failure) -> now instanceof Reply.Found later
                        ? new Reply.FoundParts(found.parts(), later.applied())
                        : parts);
    }

    @Override
    public CompletionStage<Listing> list(ListRequest request) {
        return list(request, held());
    }

    /** The records of a map in some of the partitions that this node holds. */
    public CompletionStage<Listing> list(ListRequest request, Partitions of) {
        Partitions missing = of.without(held());
        if (!missing.numbers().isEmpty()) {
            return CompletableFuture.failedFuture(
                    notHeld(missing.numbers().iterator().next()));
        }
        CompletableFuture<Listing> page = new CompletableFuture<>();
        Optional<RequestFailedException> refusal = underWay.enterListing(page);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        long begunNanos = System.nanoTime();
        var unused = page.whenComplete((listing, failure) -> times.took(Kind.LIST, System.nanoTime() - begunNanos));
        return page.completeAsync(() -> listNow(request, of), blocking);
    }

    /** The partitions this node holds. */
    public Partitions held() {
        return new Partitions(new TreeSet<>(replicas.get().keySet()));
    }

    /** Whether this node holds a partition, and its replica runs. */
    public boolean holds(int partition) {
        return replicas.get().containsKey(partition);
    }

    /** Whether this node holds a partition and nothing keeps it from writing there, as far as the node knows. */
    public boolean takesWrites(int partition) {
        return holds(partition) && gate.refusal(partition).isEmpty();
    }

    /** Answers every request that is still under way, and refuses all later ones. */
    @Override
    public void close() {
        underWay.close();
    }

    private Listing listNow(ListRequest request, Partitions of) {
        return StoreAccess.readingWhole(
                store,
                of,
                view -> request.mergeable()
                        ? new ValueListing(view, of).list(request)
                        : new MapListing(view, of).list(request));
    }

    private static Kind kindOf(Payload payload) {
        if (payload instanceof Payload.Operations) {
            return Kind.UPDATE;
        }
        return payload.isDeletion() ? Kind.DELETE : Kind.PUT;
    }

    private CompletionStage<Reply> ask(Kind kind, int partition, long bytes, Function<RequestId, Event> event) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Optional<RequestFailedException> refusal = underWay.enter(partition, bytes, reply);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        long begunNanos = System.nanoTime();
        ActorRef<Object> replica = replicas.get().get(partition);
        if (replica == null) {
            reply.completeExceptionally(replicas.get().isEmpty() ? notRunning() : notHeld(partition));
        } else {
            replica.tell(new ReplicaCommand.Request(event, reply));
        }
        return reply.handle((answer, failure) -> {
            times.took(kind, System.nanoTime() - begunNanos);
            return answerOrFailure(answer, failure);
        });
    }

    private static RequestFailedException notRunning() {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.NOT_RUNNING,
                "the node does not know its cluster yet: wait until it is ready, or start one of its seeds");
    }

    private static RequestFailedException notHeld(int partition) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED,
                RequestFailedException.Cause.UNREACHABLE,
                "the node does not hold partition " + partition + ": try again, or ask another one");
    }

    private static Reply answerOrFailure(@Nullable Reply answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer;
        }
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof RequestFailedException refused) {
            throw refused;
        }
        if (cause instanceof ReplicaFailure replica) {
            throw new RequestFailedException(
                    replica.mayBeApplied() ? Outcome.UNKNOWN : Outcome.NOT_APPLIED,
                    switch (replica.kind()) {
                        case STOPPING -> RequestFailedException.Cause.NOT_RUNNING;
                        case STORE_FAILED -> RequestFailedException.Cause.STORE_FAILED;
                        case DISK_FULL -> RequestFailedException.Cause.DISK_FULL;
                    },
                    String.valueOf(replica.getMessage()));
        }
        throw new IllegalStateException("a request failed in an unforeseen way", cause);
    }
}
