package io.entente.core.replica;

import java.time.Duration;

/**
 * The intervals of a replica, all on the monotonic clock.
 *
 * @param heartbeat how often a replica reports to its neighbours although nothing happened
 * @param peerTimeout after how long without a word a peer counts as gone; several heartbeats
 * @param reroute how long another neighbour must be ahead of an origin's source before the replica pulls from it (the
 *     <i>T</i> of choosing the source)
 * @param stall after how long without an entry a subscription whose source has some is made anew
 * @param maxClockDrift how far ahead of this node's wall clock a replicated timestamp may be and still push the node's clock
 */
public record Timing(
        Duration heartbeat, Duration peerTimeout, Duration reroute, Duration stall, Duration maxClockDrift) {

    /** Values for real links. */
    public static Timing defaults() {
        return new Timing(
                Duration.ofMillis(250),
                Duration.ofMillis(2_000),
                Duration.ofMillis(1_000),
                Duration.ofMillis(1_500),
                Duration.ofSeconds(1));
    }
}
