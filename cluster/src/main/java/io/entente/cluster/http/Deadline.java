package io.entente.cluster.http;

import java.time.Duration;

/**
 * A point on the monotonic clock.
 *
 * @param nanos the time by {@link System#nanoTime()}
 */
record Deadline(long nanos) {

    private static final long LEAST_NANOS = 1_000_000;

    /** That far from now. */
    static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /** How long until then, at least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(LEAST_NANOS, nanos - System.nanoTime()));
    }
}
