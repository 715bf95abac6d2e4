package io.entente.cluster.map;

import java.time.Duration;

/** How long requests may wait. */
final class Timeouts {

    static final Duration DEFAULT = Duration.ofSeconds(5);
    static final Duration MOST = Duration.ofSeconds(60);

    private Timeouts() {}

    static Duration check(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "a timeout of " + timeout.toMillis() + " ms is out of range: give 1 to " + MOST.toMillis() + " ms");
        }
        return timeout;
    }
}
