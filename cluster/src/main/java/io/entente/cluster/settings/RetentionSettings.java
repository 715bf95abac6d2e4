package io.entente.cluster.settings;

import java.time.Duration;
import java.util.Objects;

/**
 * How long entries stay in the log that somebody may still lack. What all have goes; what a node has written itself and nobody else has stays.
 *
 * @param age entries older than this go, 1 s to 10,000 days
 * @param bytes how many bytes of the log a node keeps, 1 MiB to 1 PiB; the partitions have equal shares
 */
public record RetentionSettings(Duration age, long bytes) {

    static final Duration LEAST_AGE = Duration.ofSeconds(1);
    static final Duration MOST_AGE = Duration.ofDays(10_000);
    static final long LEAST_BYTES = 1L << 20;
    static final long MOST_BYTES = 1L << 50;

    /** Throws {@link IllegalArgumentException} for a bound out of range. */
    public RetentionSettings {
        Objects.requireNonNull(age, "age");
        Rules.between(age, LEAST_AGE, MOST_AGE);
        Rules.between("the bytes of the log that are kept", bytes, LEAST_BYTES, MOST_BYTES);
    }

    /** What {@code reference.conf} sets. */
    public static RetentionSettings defaults() {
        return new RetentionSettings(Duration.ofDays(3), 4L << 30);
    }
}
