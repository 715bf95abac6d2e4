package io.entente.conflict.clock;

import java.time.Duration;

/**
 * A time from a {@link HybridClock}: wall-clock milliseconds and a counter that tells apart what fell into one of
 * them.
 *
 * <p>Ordered by milliseconds, then by counter (Kulkarni et al., <i>Logical Physical Clocks</i>, 2014). It orders
 * only writes that are concurrent; causality is the vectors' business. Immutable and thread-safe.
 *
 * @param millis milliseconds since 1970, 0 to 2<sup>48</sup>-1
 * @param counter 0 to 65,535
 */
public record HybridTimestamp(long millis, int counter) implements Comparable<HybridTimestamp> {

    /** The highest {@code millis}: 2<sup>48</sup>-1, in the year 10889. */
    public static final long MAX_MILLIS = (1L << 48) - 1;

    /** The highest {@code counter}. */
    public static final int MAX_COUNTER = (1 << 16) - 1;

    /** The lowest timestamp, which no clock ever gives out. */
    public static final HybridTimestamp MIN = new HybridTimestamp(0, 0);

    /** Checks the bounds; throws {@link IllegalArgumentException} naming the value. */
    public HybridTimestamp {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("The milliseconds " + millis + " must lie between 0 and 2^48-1.");
        }
        if (counter < 0 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("The counter " + counter + " must lie between 0 and 65535.");
        }
    }

    /** The timestamp that {@link #packed()} wrote; every {@code long} is one. */
    public static HybridTimestamp of(long packed) {
        return new HybridTimestamp(packed >>> 16, (int) (packed & MAX_COUNTER));
    }

    /**
     * Both parts in 64 bits, the milliseconds in the upper 48.
     *
     * <p>Read as unsigned, or as big-endian bytes, it sorts as the timestamps do; read as signed as well until the
     * year 6429.
     */
    public long packed() {
        return (millis << 16) | counter;
    }

    /** How far apart the wall-clock parts are, never negative; the counters say nothing about duration. */
    public Duration distanceTo(HybridTimestamp other) {
        return Duration.ofMillis(Math.abs(millis - other.millis));
    }

    @Override
    public int compareTo(HybridTimestamp other) {
        int byMillis = Long.compare(millis, other.millis);
        return byMillis != 0 ? byMillis : Integer.compare(counter, other.counter);
    }

    /** {@code <millis>.<counter>}, for people; not a number. */
    @Override
    public String toString() {
        return millis + "." + counter;
    }
}
