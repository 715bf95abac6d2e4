package io.entente.cluster.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * How a node comes into its cluster.
 *
 * @param foundingWait how long a node that may found a cluster listens for one before it does, 0 to 60 s
 * @param reform whether a node that knows its cluster starts it again, when it hears of no member for as long, without waiting
 *     for the other nodes
 */
public record FormationSettings(Duration foundingWait, boolean reform) {

    static final Duration MOST_WAIT = Duration.ofSeconds(60);

    /** Throws {@link IllegalArgumentException} for a time out of range. */
    public FormationSettings {
        Objects.requireNonNull(foundingWait, "foundingWait");
        Rules.between(foundingWait, Duration.ZERO, MOST_WAIT);
    }
}
