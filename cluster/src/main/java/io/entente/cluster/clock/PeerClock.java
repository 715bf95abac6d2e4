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
 * <p>A reading is kept against this node's monotonic clock, so that a jump of the own wall clock shows at once.
 */
final class PeerClock {

    /** How many readings are remembered. */
    static final int READINGS = 8;

    /** Later than that the two clocks' rates may have carried them apart. */
    static final long MOST_AGE_NANOS = 3_600_000_000_000L;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long wallMillis, long atNanos, long roundTripNanos) {}

    /** An answer arrived; one that took no time or less is none. */
    void answered(long sentNanos, long receivedNanos, long wallMillis) {
        long roundTripNanos = receivedNanos - sentNanos;
        if (roundTripNanos < 0) {
            return;
        }
        readings.addLast(new Reading(wallMillis, sentNanos + roundTripNanos / 2, roundTripNanos));
        if (readings.size() > READINGS) {
            readings.removeFirst();
        }
    }

    /** The skew now; empty while nothing is known, or nothing new enough. */
    Optional<Skew> skew(long nowNanos, long wallMillis) {
        return readings.stream()
                .filter(reading -> nowNanos - reading.atNanos <= MOST_AGE_NANOS)
                .min(Comparator.comparingLong(Reading::roundTripNanos))
                .map(best -> new Skew(
                        best.wallMillis + (nowNanos - best.atNanos) / NANOS_A_MILLI - wallMillis,
                        best.roundTripNanos / NANOS_A_MILLI));
    }
}
