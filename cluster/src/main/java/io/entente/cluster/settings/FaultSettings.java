package io.entente.cluster.settings;

import java.time.Duration;

/**
 * Faults that are made on purpose, for demonstrations and tests.
 *
 * @param injection whether links may be cut
 * @param latency the one-way delay put on messages to other data centers, 0 to 60 s; needs {@code injection}
 */
public record FaultSettings(boolean injection, Duration latency) {

    static final Duration MOST_LATENCY = Duration.ofSeconds(60);

    /** Throws {@link IllegalArgumentException} for a latency out of range. */
    public FaultSettings {
        Rules.between(latency, Duration.ZERO, MOST_LATENCY);
    }
}
