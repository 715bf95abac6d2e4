package io.entente.conflict.clock;

import java.time.Duration;

/**
 * A clock whose times always rise and stay close to the wall clock, which is handed in (Kulkarni et al., <i>Logical
 * Physical Clocks</i>, 2014).
 *
 * <p>Every time it gives is greater than all it gave before and all it has taken over from others. A remote time
 * that is further ahead of the wall clock than the allowed drift is not taken over, so that one node with a broken
 * clock cannot push the others into the future. The clock runs ahead of the highest wall-clock reading it was
 * handed by at most the drift, plus one millisecond per 65,536 times given out while that reading stands still.
 *
 * <p>Not thread-safe: it belongs to whoever hands it the time. It reads no clock itself.
 */
public final class HybridClock {

    private final long maxDriftMillis;
    private HybridTimestamp latest = HybridTimestamp.MIN;

    /**
     * A clock that has given out nothing.
     *
     * @param maxDrift how far ahead of this node's wall clock another's time may be to be taken over; not negative
     */
    public HybridClock(Duration maxDrift) {
        if (maxDrift.isNegative()) {
            throw new IllegalArgumentException("The clock drift " + maxDrift + " must not be negative.");
        }
        boolean beyondRange = maxDrift.compareTo(Duration.ofMillis(HybridTimestamp.MAX_MILLIS)) > 0;
        this.maxDriftMillis = beyondRange ? HybridTimestamp.MAX_MILLIS : maxDrift.toMillis();
    }

    /**
     * A time greater than every earlier one, and not below {@code wallMillis}.
     *
     * @param wallMillis the wall clock in milliseconds since 1970, 0 to 2<sup>48</sup>-1; it may jump either way
     * @throws IllegalStateException when the range is exhausted, in the year 10889
     */
    public HybridTimestamp next(long wallMillis) {
        checkWall(wallMillis);
        latest = wallMillis > latest.millis() ? new HybridTimestamp(wallMillis, 0) : successor(latest);
        return latest;
    }

    /**
     * Takes over {@code remote}, so that later times exceed it, unless it is too far ahead of {@code wallMillis}.
     *
     * @return whether it was within the allowed drift; if not, this clock is unchanged
     */
    public boolean observe(HybridTimestamp remote, long wallMillis) {
        checkWall(wallMillis);
        if (remote.millis() - wallMillis > maxDriftMillis) {
            return false;
        }
        if (remote.compareTo(latest) > 0) {
            latest = remote;
        }
        return true;
    }

    /** The highest time given out or taken over; {@link HybridTimestamp#MIN} before the first. */
    public HybridTimestamp latest() {
        return latest;
    }

    private static HybridTimestamp successor(HybridTimestamp time) {
        if (time.counter() < HybridTimestamp.MAX_COUNTER) {
            return new HybridTimestamp(time.millis(), time.counter() + 1);
        }
        if (time.millis() == HybridTimestamp.MAX_MILLIS) {
            throw new IllegalStateException(
                    "The hybrid clock is exhausted at " + time + "; set the system's clock right.");
        }
        return new HybridTimestamp(time.millis() + 1, 0);
    }

    private static void checkWall(long wallMillis) {
        if (wallMillis < 0 || wallMillis > HybridTimestamp.MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "The wall clock " + wallMillis + " must lie between 0 and 2^48-1 milliseconds since 1970.");
        }
    }
}
