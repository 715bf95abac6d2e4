package io.entente.cluster.routing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a node's replicas, or other nodes, have not answered yet: bounded by number and bytes, so that those taken are answered in bounded
 * time and memory, and all answered at the end. Thread-safe.
 */
final class UnderWay {

    /** How many requests may be under way at one partition. */
    static final int PER_PARTITION = 4_096;

    /** How many requests may be under way to other nodes: fewer messages than wait at Akka's way out to a node. */
    static final int TO_OTHERS = 2_048;

    /** How many bytes of values may be under way at the node; a single one may be larger. */
    static final long MOST_BYTES = 64 << 20;

    /** How many pages of listings may be read at the node at once, each of bounded size. */
    static final int MOST_LISTINGS = 16;

    private final int most;
    private final String where;
    private final AtomicIntegerArray requests;
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private UnderWay(int lanes, int most, String where) {
        this.requests = new AtomicIntegerArray(lanes);
        this.most = most;
        this.where = where;
    }

    /** The requests at a node's own replicas, each partition's by itself. */
    static UnderWay atReplicas(int partitions) {
        return new UnderWay(partitions, PER_PARTITION, "at a partition of this node");
    }

    /** The requests to other nodes, all in lane 0. */
    static UnderWay toOthers() {
        return new UnderWay(1, TO_OTHERS, "from this node to others");
    }

    /** The requests that wait for somebody to lead, all in lane 0. */
    static UnderWay forALeader() {
        return new UnderWay(1, TO_OTHERS, "that wait for a leader at this node");
    }

    /** Takes a request in; why not, if it can't be. What was taken leaves by itself when it is answered. */
    Optional<RequestFailedException> enter(int lane, long size, CompletableFuture<?> reply) {
        if (requests.incrementAndGet(lane) > most) {
            requests.decrementAndGet(lane);
            return Optional.of(overloaded(most + " requests are under way " + where + ", which is the limit"));
        }
        long before = bytes.getAndAdd(size);
        if (before > 0 && before + size > MOST_BYTES) {
            bytes.addAndGet(-size);
            requests.decrementAndGet(lane);
            return Optional.of(overloaded(
                    "values of " + before + " bytes are under way at this node, whose limit is " + MOST_BYTES));
        }
        long number = last.incrementAndGet();
        open.put(number, reply);
        var unused = reply.whenComplete((answer, failure) -> {
            open.remove(number);
            bytes.addAndGet(-size);
            requests.decrementAndGet(lane);
        });
        if (closed) {
            reply.completeExceptionally(ended(Outcome.NOT_APPLIED));
        }
        return Optional.empty();
    }

    /** Takes the reading of a page in; why not, if it can't be. It leaves by itself when the page is there. */
    Optional<RequestFailedException> enterListing(CompletableFuture<?> page) {
        if (listings.incrementAndGet() > MOST_LISTINGS) {
            listings.decrementAndGet();
            return Optional.of(overloaded(MOST_LISTINGS + " listings are under way at this node, which is the limit"));
        }
        var unused = page.whenComplete((listing, failure) -> listings.decrementAndGet());
        return Optional.empty();
    }

    /** Sends a request to another node while there is room, and answers in time even when this node ends meanwhile. */
    <T> CompletionStage<T> forward(long size, Supplier<CompletionStage<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Optional<RequestFailedException> refusal = enter(0, size, answer);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        if (!answer.isDone()) {
            var unused = request.get().whenComplete((value, failure) -> complete(answer, value, failure));
        }
        return answer;
    }

    private static <T> void complete(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
        }
    }

    /** Answers all, and whoever comes later, that the node has ended. */
    void close() {
        closed = true;
        open.values().forEach(reply -> reply.completeExceptionally(ended(Outcome.UNKNOWN)));
    }

    private static RequestFailedException overloaded(String why) {
        return new RequestFailedException(
                Outcome.NOT_APPLIED, RequestFailedException.Cause.OVERLOADED, why + ": try again in a moment");
    }

    private static RequestFailedException ended(Outcome outcome) {
        return new RequestFailedException(
                outcome, RequestFailedException.Cause.NOT_RUNNING, "the node has stopped: ask another one");
    }
}
