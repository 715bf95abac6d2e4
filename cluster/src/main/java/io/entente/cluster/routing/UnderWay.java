package io.entente.cluster.routing;

import io.entente.core.effect.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests that a node's replicas have not answered yet: bounded by number and bytes, so that those taken are answered in bounded
 * time and memory, and all answered at the end. Thread-safe.
 */
final class UnderWay {

    /** How many requests may be under way at one partition. */
    static final int PER_PARTITION = 4_096;

    /** How many bytes of values may be under way at the node; a single one may be larger. */
    static final long MOST_BYTES = 64 << 20;

    /** How many pages of listings may be read at the node at once, each of bounded size. */
    static final int MOST_LISTINGS = 16;

    private final AtomicIntegerArray requests;
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    UnderWay(int partitions) {
        requests = new AtomicIntegerArray(partitions);
    }

    /** Takes a request in; why not, if it can't be. What was taken leaves by itself when it is answered. */
    Optional<RequestFailedException> enter(int partition, long size, CompletableFuture<Reply> reply) {
        if (requests.incrementAndGet(partition) > PER_PARTITION) {
            requests.decrementAndGet(partition);
            return Optional.of(overloaded(
                    PER_PARTITION + " requests are under way at partition " + partition + ", which is the limit"));
        }
        long before = bytes.getAndAdd(size);
        if (before > 0 && before + size > MOST_BYTES) {
            bytes.addAndGet(-size);
            requests.decrementAndGet(partition);
            return Optional.of(overloaded(
                    "values of " + before + " bytes are under way at this node, whose limit is " + MOST_BYTES));
        }
        long number = last.incrementAndGet();
        open.put(number, reply);
        var unused = reply.whenComplete((answer, failure) -> {
            open.remove(number);
            bytes.addAndGet(-size);
            requests.decrementAndGet(partition);
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
