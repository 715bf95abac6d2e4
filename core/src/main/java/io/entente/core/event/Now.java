package io.entente.core.event;

import java.time.Duration;

/**
 * The time as it is handed to a replica.
 *
 * @param wallMillis the wall clock in milliseconds since 1970; may jump; decides only between concurrent writes
 * @param monotonicNanos a clock that never goes back, from an arbitrary zero; times every wait
 */
public record Now(long wallMillis, long monotonicNanos) {

    /** The monotonic time after the given wait. */
    public long deadlineAfter(Duration wait) {
        return monotonicNanos + wait.toNanos();
    }

    /** Whether that monotonic time has come. */
    public boolean isPast(long deadlineNanos) {
        return monotonicNanos - deadlineNanos >= 0;
    }
}
