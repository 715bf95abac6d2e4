package io.entente.cluster.map;

import java.time.Duration;

/**
 * When a request's time is over, whatever parts it has: reading in a session, resolving and writing share it. A point on the monotonic
 * clock.
 *
 * @param nanos the time by {@link System#nanoTime()}
 */
public record Deadline(long nanos) {

    private static final long LEAST_NANOS = 1_000_000;

    /** That far from now. */
    public static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /** How long until then, at least a millisecond. */
    public Duration left() {
        return Duration.ofNanos(Math.max(LEAST_NANOS, nanos - System.nanoTime()));
    }

    /** Whether it is past. */
    public boolean isOver() {
        return System.nanoTime() - nanos >= 0;
    }
}
