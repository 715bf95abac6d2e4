package io.entente.cluster.replica;

import java.util.function.LongSupplier;

/**
 * How much of a node's time its replicas take for what nobody waits for: the chunks of snapshots that they send, stage and merge. So much that all of them
 * together take a share of one processor's time, whatever the machine can do; the rest is for clients and for entries.
 *
 * <p>A replica that has worked for a while pauses, the longer the more of them work. Time is what passes on the clock: where processors are short, work takes
 * longer, and so do the pauses. None is longer than {@link #MOST_PAUSE_NANOS}, so that whoever waits for the next chunk doesn't take it for lost.
 * Thread-safe.
 */
public final class SpareTime {

    /** A pause of half a second: a receiver asks again after a second and a half. */
    static final long MOST_PAUSE_NANOS = 500_000_000L;

    private static final double PERCENT = 100;

    private final double share;
    private final LongSupplier monotonicNanos;
    private long freeAtNanos;

    /**
     * @param percent of one processor's time, at least 1; more than 100 for several processors
     * @param monotonicNanos the clock
     */
    public SpareTime(int percent, LongSupplier monotonicNanos) {
        this.share = percent / PERCENT;
        this.monotonicNanos = monotonicNanos;
        this.freeAtNanos = monotonicNanos.getAsLong();
    }

    /** A replica has worked for so long until now; for how long from now on it is to pause. */
    synchronized long pauseAfter(long workNanos) {
        long now = monotonicNanos.getAsLong();
        long begin = freeAtNanos - (now - workNanos) > 0 ? freeAtNanos : now - workNanos;
        // May lie in the past, where the share is that of several processors.
        freeAtNanos = now + Math.min(begin - now + (long) (workNanos / share), MOST_PAUSE_NANOS);
        return Math.max(0, freeAtNanos - now);
    }
}
