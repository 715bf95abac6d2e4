package io.entente.samples.bench.load;

import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Operations at a fixed rate, whether earlier ones have ended or not.
 *
 * <p>An operation's latency counts from the moment at which it was due, not from that at which it was started: a system that stands still for
 * a second is charged for all operations that were due meanwhile. That leaves nothing to correct afterwards (Gil Tene's <i>coordinated
 * omission</i>). It also charges the system with the load generator's own lateness, on a busy machine some tenths of a millisecond.
 *
 * @param perSecond the rate, at least 1
 * @param warmUpSeconds for how long operations run whose latencies aren't recorded
 * @param seconds for how long after that, at least 1
 */
public record Pace(int perSecond, int warmUpSeconds, int seconds) {

    /** A bound for a system that doesn't answer at all; far above what it takes to answer late. */
    private static final int MOST_UNDER_WAY = 16_384;

    public Pace {
        if (perSecond < 1 || warmUpSeconds < 0 || seconds < 1) {
            throw new IllegalArgumentException("no pace: " + perSecond + " a second for " + seconds + " s");
        }
    }

    /** How many operations it takes, those of the warm-up among them. */
    public int operations() {
        return Math.toIntExact((long) perSecond * (warmUpSeconds + seconds));
    }

    /** Whether the operation of that number is part of the warm-up. */
    public boolean isWarmUp(int number) {
        return number < (long) perSecond * warmUpSeconds;
    }

    /** When an operation is due, on the clock of {@link System#nanoTime()} on which the first one is due at {@code startNanos}. */
    public long dueNanos(long startNanos, int number) {
        return startNanos + number * 1_000_000_000L / perSecond;
    }

    /** The pace in words. */
    public String text() {
        return String.format(Locale.ROOT, "%,d/s for %d s after %d s of warm-up", perSecond, seconds, warmUpSeconds);
    }

    /**
     * Runs all operations and records the latencies of those after the warm-up; returns when all have ended.
     *
     * @throws IllegalStateException when one fails
     */
    public void run(Operation operation, Latencies latencies) {
        run((number, due) -> operation.start(number).thenRun(() -> {
            if (!isWarmUp(number)) {
                latencies.record(System.nanoTime() - due);
            }
        }));
    }

    /**
     * Runs all operations; returns when all have ended.
     *
     * @throws IllegalStateException when one fails
     */
    public void run(TimedOperation operation) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Semaphore free = new Semaphore(MOST_UNDER_WAY);
        long start = System.nanoTime();
        for (int number = 0; number < operations() && failure.get() == null; number++) {
            long due = dueNanos(start, number);
            await(due);
            free.acquireUninterruptibly();
            var unused = operation.start(number, due).whenComplete((answer, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
                free.release();
            });
        }
        free.acquireUninterruptibly(MOST_UNDER_WAY);
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException("an operation failed: " + first.getMessage(), first);
        }
    }

    /** An operation that wants to know when it was due. */
    @FunctionalInterface
    public interface TimedOperation {

        /** Starts it, without waiting; {@code dueNanos} is on the clock of {@link System#nanoTime()}. */
        CompletionStage<?> start(int number, long dueNanos);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
