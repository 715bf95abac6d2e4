package io.entente.cluster.http;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What a server has taken in and not answered yet: requests by their number, and the bodies that are still arriving by the size they
 * were announced with. What doesn't fit is refused at once, so that whatever is taken in is answered in bounded time and memory.
 *
 * <p>Thread-safe. A place is given up when the work is done, also where the client was told before that it takes too long.
 */
final class Intake {

    /** How many requests to maps may be under way; less than the connections there may be, so that the rest hear of it. */
    static final int MOST_REQUESTS = 1_024;

    /** How many bytes of bodies may be arriving; a single one may be larger. */
    static final long MOST_ARRIVING_BYTES = 32 << 20;

    private static final int RETRY_AFTER_SECONDS = 1;

    private final int mostRequests;
    private final long mostArrivingBytes;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong arriving = new AtomicLong();
    private final OpenStreams streams = new OpenStreams();

    Intake() {
        this(MOST_REQUESTS, MOST_ARRIVING_BYTES);
    }

    Intake(int mostRequests, long mostArrivingBytes) {
        this.mostRequests = mostRequests;
        this.mostArrivingBytes = mostArrivingBytes;
    }

    /** Begins to answer a request, or throws the problem that too many are under way. */
    <T> CompletionStage<T> request(Supplier<CompletionStage<T>> answer) {
        if (requests.incrementAndGet() > mostRequests) {
            requests.decrementAndGet();
            throw overloaded(mostRequests + " requests are under way at this node, which is the limit");
        }
        return ending(answer, requests::decrementAndGet);
    }

    /** The streams of events, which are no requests under way once they have begun. */
    OpenStreams streams() {
        return streams;
    }

    /** Begins to read a body of that size, or throws the problem that too much is arriving already. */
    <T> CompletionStage<T> body(long bytes, Supplier<CompletionStage<T>> reading) {
        long before = arriving.getAndAdd(bytes);
        if (before > 0 && before + bytes > mostArrivingBytes) {
            arriving.addAndGet(-bytes);
            throw overloaded(
                    "Bodies of " + before + " bytes are arriving at this node, whose limit is " + mostArrivingBytes);
        }
        return ending(reading, () -> arriving.addAndGet(-bytes));
    }

    private static <T> CompletionStage<T> ending(Supplier<CompletionStage<T>> work, Runnable end) {
        CompletionStage<T> stage;
        try {
            stage = work.get();
        } catch (RuntimeException refused) {
            stage = CompletableFuture.failedFuture(refused);
        }
        return stage.whenComplete((done, failure) -> end.run());
    }

    private static ProblemException overloaded(String why) {
        return Problem.of(ProblemKind.OVERLOADED, why + ": try again in a moment")
                .with("outcome", TextNode.valueOf("not-applied"))
                .retryAfter(RETRY_AFTER_SECONDS)
                .asException();
    }
}
