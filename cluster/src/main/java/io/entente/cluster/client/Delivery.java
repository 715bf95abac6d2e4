package io.entente.cluster.client;

import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.NotAppliedException.Reason;
import io.entente.cluster.map.OutcomeUnknownException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way to an answer. What surely didn't arrive, and what a node refused for the moment, goes to the next node. A read without an answer
 * does so too. A write without an answer is sent again to the same node under the same name, which answers it as it did, or would have, the first
 * time; when that brings no answer either, the write's outcome is unknown, and nobody else is asked.
 *
 * <p>All nodes are asked once at least, and again until the call's timeout is over; a lost write for {@value #PATIENCE_SECONDS} s longer. A try that has begun
 * then still has its time. Each step begins when the one before is done; no step blocks.
 */
final class Delivery {

    static final int PATIENCE_SECONDS = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_TRIES_AT_A_NODE = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Courier courier;
    private final Call call;
    private final String name;
    private final long endNanos;
    private final Deque<URI> nodes = new ArrayDeque<>();

    private int redirects;

    /** Why the last node that was asked didn't serve. */
    private String obstacle = "";

    private @Nullable Answer refusal;

    Delivery(Courier courier, Call call) {
        this.courier = courier;
        this.call = call;
        this.name = call.isWrite() ? UUID.randomUUID().toString() : "";
        this.endNanos = System.nanoTime() + call.timeout().toNanos();
    }

    CompletionStage<Answer> begin() {
        nodes.addAll(courier.course().next());
        return next();
    }

    /** Asks the next node; after the last one all of them again, while there is time. */
    private CompletionStage<Answer> next() {
        URI node = nodes.poll();
        if (node != null) {
            return send(new Stop(node, call.target(), 0, 0));
        }
        if (isOver(Duration.ZERO)) {
            return refusal == null
                    ? CompletableFuture.failedStage(new NotAppliedException(
                            Reason.NOT_READY,
                            "no node can be reached (" + obstacle + "): look whether they run, and where"))
                    : CompletableFuture.completedStage(refusal);
        }
        return later(this::begin);
    }

    private CompletionStage<Answer> send(Stop stop) {
        long now = System.nanoTime();
        Stop sent = stop.tries == 0 ? new Stop(stop.node, stop.target, now, 1) : stop.again();
        return courier.send(stop.node, stop.target, call, nameHeader(sent, now))
                .handle((answer, failure) -> failure == null ? answered(sent, answer) : lost(sent, unwrapped(failure)))
                .thenCompose(Function.identity());
    }

    /** The age is at least how long ago the write may have been sent first, at the time at which an answer would be too late to count. */
    private String nameHeader(Stop sent, long now) {
        if (name.isEmpty() || sent.tries == 1) {
            return name;
        }
        long age = TimeUnit.NANOSECONDS.toMillis(now - sent.firstNanos)
                + Courier.perTry(call).toMillis()
                + 1;
        return name + "; age=" + age;
    }

    private CompletionStage<Answer> answered(Stop stop, Answer answer) {
        boolean saysNothingOfEarlier = stop.tries > 1 && (answer.isPassing() || answer.isRedirect());
        if (call.isWrite() && (answer.isLate() || saysNothingOfEarlier)) {
            // An earlier try may have been applied there.
            return lost(stop, new IllegalStateException("it answered " + answer.status() + " " + answer.code()));
        }
        if (answer.isRedirect() && redirects < MOST_REDIRECTS) {
            redirects++;
            return redirected(stop, answer);
        }
        if (!answer.isPassing() && !answer.isLate()) {
            courier.course().served(stop.node);
            return CompletableFuture.completedStage(answer);
        }
        if (answer.isOfTheNode()) {
            courier.course().failed(stop.node);
        }
        refusal = answer;
        return next();
    }

    private CompletionStage<Answer> redirected(Stop stop, Answer answer) {
        URI location;
        try {
            location = URI.create(answer.header("Location").orElse(""));
        } catch (IllegalArgumentException noAddress) {
            return CompletableFuture.completedStage(answer);
        }
        boolean wouldUncover = "https".equals(stop.node.getScheme()) && !"https".equals(location.getScheme());
        if (location.getHost() == null || wouldUncover) {
            // What went out encrypted, a token with it, isn't sent again in the clear.
            return CompletableFuture.completedStage(answer);
        }
        String query = location.getRawQuery() == null ? "" : "?" + location.getRawQuery();
        URI node = URI.create(location.getScheme() + "://" + location.getRawAuthority());
        return send(new Stop(node, location.getRawPath() + query, 0, 0));
    }

    private CompletionStage<Answer> lost(Stop stop, Throwable failure) {
        obstacle = stop.node + ": " + failure;
        boolean arrivedSurelyNot = stop.tries == 1 && isNotConnected(failure);
        if (arrivedSurelyNot || !call.isWrite()) {
            courier.course().failed(stop.node);
            return next();
        }
        if (stop.tries < MOST_TRIES_AT_A_NODE && !isOver(PATIENCE)) {
            return later(() -> send(stop));
        }
        courier.course().failed(stop.node);
        return CompletableFuture.failedStage(new OutcomeUnknownException(
                "the write " + call.method() + " " + stop.target + " got no answer (" + obstacle
                        + "), and may have been applied: read the key before you write again",
                failure));
    }

    private static boolean isNotConnected(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure.getCause() instanceof UnresolvedAddressException;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private boolean isOver(Duration grace) {
        return System.nanoTime() - endNanos >= grace.toNanos();
    }

    private static CompletionStage<Answer> later(Supplier<CompletionStage<Answer>> step) {
        return CompletableFuture.supplyAsync(
                        step, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(Function.identity());
    }

    /**
     * A node, and how often the call was sent there.
     *
     * @param firstNanos when it was sent there first
     */
    private record Stop(URI node, String target, long firstNanos, int tries) {

        private Stop again() {
            return new Stop(node, target, firstNanos, tries + 1);
        }
    }
}
