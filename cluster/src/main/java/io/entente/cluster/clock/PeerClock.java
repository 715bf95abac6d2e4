package io.entente.cluster.clock;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * Another node's clock, as far as questions and answers tell: an answer was given somewhere between the sending of its question
 * and its arrival, in the middle if both ways take alike, and wrong by half the round trip at most. Of the last few the one with
 * the least round trip counts (the clock filter of NTP, RFC 5905, section 10). Confined to its owner.
 *
 * <p>A reading is kept against this node's monotonic clock. One that contradicts the best before it, by more than both may be wrong
 * by, tells that a clock was set, or that this node's machine stood still: then those before count no more.
 */
final class PeerClock {

    /** How many readings are remembered. */
    static final int READINGS = 8;

    /** Later than that the two clocks' rates may have carried them apart. */
    static final long MOST_AGE_NANOS = 3_600_000_000_000L;

    private static final long NANOS_A_MILLI = 1_000_000;

    /** How fast two clocks' rates may carry them apart: 500 parts in a million. */
    private static final long NANOS_A_NANO_APART = 2_000;

    /** What is lost where times are cut to milliseconds. */
    private static final long ROUNDING_NANOS = 2 * NANOS_A_MILLI;

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long wallMillis, long atNanos, long roundTripNanos) {

        private boolean contradicts(Reading earlier) {
            long passedNanos = atNanos - earlier.atNanos;
            long apartNanos = (wallMillis - earlier.wallMillis) * NANOS_A_MILLI - passedNanos;
            long errorNanos = roundTripNanos / 2 + earlier.roundTripNanos / 2;
            return Math.abs(apartNanos) > errorNanos + passedNanos / NANOS_A_NANO_APART + ROUNDING_NANOS;
        }
    }

    /** An answer arrived; one that took no time or less is none. */
    void answered(long sentNanos, long receivedNanos, long wallMillis) {
        long roundTripNanos = receivedNanos - sentNanos;
        if (roundTripNanos < 0) {
            return;
        }
        Reading reading = new Reading(wallMillis, sentNanos + roundTripNanos / 2, roundTripNanos);
        if (best().filter(reading::contradicts).isPresent()) {
            readings.clear();
        }
        readings.addLast(reading);
        if (readings.size() > READINGS) {
            readings.removeFirst();
        }
    }

    /** The skew now; empty while nothing is known, or nothing new enough. */
    Optional<Skew> skew(long nowNanos, long wallMillis) {
        readings.removeIf(reading -> nowNanos - reading.atNanos > MOST_AGE_NANOS);
        return best().map(best -> new Skew(
                best.wallMillis + (nowNanos - best.atNanos) / NANOS_A_MILLI - wallMillis,
                best.roundTripNanos / NANOS_A_MILLI));
    }

    private Optional<Reading> best() {
        return readings.stream().min(Comparator.comparingLong(Reading::roundTripNanos));
    }
}
