package io.entente.cluster.routing;

import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks again, within a request's time, for what only a leader does, while it is being decided who leads: so an election, a switchover or a change of mode makes
 * clients wait and not fail.
 *
 * <p>Nothing is done twice for that. Asked again is only what was refused because nobody leads, or another node does: a refusal says that nothing was
 * applied. A write that may have arrived and got no answer is not asked again by anybody; its outcome is unknown.
 *
 * <p>As many as {@link UnderWay} takes to other nodes may wait; one more is answered with its refusal at once. Thread-safe; never blocks.
 */
final class LeaderSearch {

    /** The first pause; an election takes many. */
    private static final Duration SHORTEST = Duration.ofMillis(20);

    /** So long after a leader is there the last one has found it. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final Executor executor;
    private final UnderWay waiting = UnderWay.forALeader();

    /**
     * @param executor where to ask again
     */
    LeaderSearch(Executor executor) {
        this.executor = executor;
    }

    /**
     * Asks until somebody leads, or the time is over: then with the last refusal.
     *
     * @param time what the request has for all its waiting
     * @param bytes how large it is
     * @param once asks whoever leads now; gets the time that is left
     */
    CompletionStage<Reply> ask(Duration time, long bytes, Function<Duration, CompletionStage<Reply>> once) {
        long endNanos = System.nanoTime() + time.toNanos();
        return once.apply(time)
                .thenCompose(reply -> isUndecided(reply)
                        ? new Search(endNanos, once).begin(bytes, reply)
                        : CompletableFuture.completedStage(reply));
    }

    /**
     * What comes of a read at a node; a refusal once that one leads no longer, as far as is known here, so that nobody waits for who is gone. The answer may come
     * all the same, and is for nobody.
     *
     * @param isGone whether it leads no longer; asked now and then
     */
    CompletionStage<Reply> unless(BooleanSupplier isGone, Reply refusal, CompletionStage<Reply> answer) {
        CompletableFuture<Reply> first = new CompletableFuture<>();
        var unused = answer.whenComplete((reply, failure) -> {
            if (failure == null) {
                first.complete(reply);
            } else {
                first.completeExceptionally(failure);
            }
        });
        watch(isGone, refusal, first);
        return first;
    }

    private void watch(BooleanSupplier isGone, Reply refusal, CompletableFuture<Reply> first) {
        if (first.isDone()) {
            return;
        }
        later(LONGEST.toNanos(), () -> {
            if (isGone.getAsBoolean()) {
                first.complete(refusal);
            } else {
                watch(isGone, refusal, first);
            }
        });
    }

    private void later(long nanos, Runnable then) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor).execute(then);
    }

    /** Answers all who wait, and whoever comes later. */
    void close() {
        waiting.close();
    }

    private static boolean isUndecided(Reply reply) {
        return reply instanceof Reply.Refused refused
                && (refused.reason() == Refusal.NO_LEADER || refused.reason() == Refusal.NOT_LEADER);
    }

    /** One request that waits. */
    private final class Search {

        private final long endNanos;
        private final Function<Duration, CompletionStage<Reply>> once;
        private final CompletableFuture<Reply> answer = new CompletableFuture<>();

        private Search(long endNanos, Function<Duration, CompletionStage<Reply>> once) {
            this.endNanos = endNanos;
            this.once = once;
        }

        private CompletionStage<Reply> begin(long bytes, Reply refusal) {
            if (waiting.enter(0, bytes, answer).isPresent()) {
                return CompletableFuture.completedStage(refusal);
            }
            pause(refusal, SHORTEST);
            return answer;
        }

        private void pause(Reply refusal, Duration pause) {
            long left = endNanos - System.nanoTime();
            if (left < SHORTEST.toNanos()) {
                answer.complete(refusal);
            } else {
                later(Math.min(pause.toNanos(), left / 2), () -> again(refusal, pause));
            }
        }

        private void again(Reply refusal, Duration pause) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                answer.complete(refusal);
            } else if (!answer.isDone()) {
                var unused = once.apply(Duration.ofNanos(left))
                        .whenComplete((reply, failure) -> heard(reply, failure, pause));
            }
        }

        private void heard(@Nullable Reply reply, @Nullable Throwable failure, Duration pause) {
            if (reply == null) {
                answer.completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
            } else if (isUndecided(reply)) {
                Duration longer = pause.multipliedBy(2);
                pause(reply, longer.compareTo(LONGEST) < 0 ? longer : LONGEST);
            } else {
                answer.complete(reply);
            }
        }
    }
}
