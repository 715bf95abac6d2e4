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

    public ClockSetup {
        Objects.requireNonNull(wallMillis, "wallMillis");
        Objects.requireNonNull(limit, "limit");
    }
}
