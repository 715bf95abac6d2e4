package io.entente.core.replica;

import java.time.Duration;
import java.util.Objects;

/**
 * How long entries are kept in the log that somebody may still lack. Those that all have are not kept; this node's own that nobody else
 * has are, whatever their age and size.
 *
 * @param age entries older than this may go, by their hybrid timestamps
 * @param bytes how many bytes of a partition's log may stay, keys included and before compression; as many again while somebody who is
 *     given a snapshot will ask for what follows it
 * @param every how often the log is gone through
 */
public record Retention(Duration age, long bytes, Duration every) {

    public Retention {
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(every, "every");
    }

    /** Three days, half a gibibyte, looked at every ten seconds. */
    public static Retention defaults() {
        return new Retention(Duration.ofDays(3), 512L << 20, Duration.ofSeconds(10));
    }
}
