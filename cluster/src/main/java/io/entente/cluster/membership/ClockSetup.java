package io.entente.cluster.membership;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A node's clock.
 *
 * @param wallMillis what it shows, in milliseconds since 1970
 * @param limit how far it may be from the others', equal on all nodes
 */
public record ClockSetup(LongSupplier wallMillis, Duration limit) {

    private static final int MOST_TRIES = 4;
    private static final long APART_NANOS = 1_000_000;

    public ClockSetup {
        Objects.requireNonNull(wallMillis, "wallMillis");
        Objects.requireNonNull(limit, "limit");
    }

    /**
     * What the clock and the monotonic clock show at one moment.
     *
     * @param nanos the monotonic clock
     * @param wallMillis the clock
     */
    record Reading(long nanos, long wallMillis) {}

    /** Reads both; again, for some times, where the process was held up in between. */
    Reading read() {
        long before = System.nanoTime();
        long wall = wallMillis.getAsLong();
        for (int tries = 1; tries < MOST_TRIES && System.nanoTime() - before > APART_NANOS; tries++) {
            before = System.nanoTime();
            wall = wallMillis.getAsLong();
        }
        return new Reading(before, wall);
    }
}
