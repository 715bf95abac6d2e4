package io.entente.cluster.settings;

import java.time.Duration;

/**
 * How much a node remembers of conflicts, and how long it waits for a resolver.
 *
 * @param entries how many conflicts the node's journal keeps, 64 to 10,000,000; the partitions have equal shares
 * @param bytes how many bytes of conflicts it keeps, 64 KiB to 1 GiB; likewise
 * @param entriesOfAKey how many conflicts of one key it keeps, 1 to 1,000
 * @param valueBytes how many bytes of values it keeps of one conflict, 0 to 1 MiB
 * @param resolverTimeout how long an application's resolver may take for one conflict, 1 ms to 60 s
 */
public record ConflictSettings(int entries, int bytes, int entriesOfAKey, int valueBytes, Duration resolverTimeout) {

    static final int LEAST_ENTRIES = 64;
    static final int MOST_ENTRIES = 10_000_000;
    static final int LEAST_BYTES = 64 << 10;
    static final int MOST_BYTES = 1 << 30;
    static final int MOST_OF_A_KEY = 1_000;
    static final int MOST_VALUES = 1 << 20;
    static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    static final Duration MOST_TIMEOUT = Duration.ofSeconds(60);

    /** Throws {@link IllegalArgumentException} for a bound out of range. */
    public ConflictSettings {
        Rules.between("the number of conflicts kept", entries, LEAST_ENTRIES, MOST_ENTRIES);
        Rules.between("the bytes of conflicts kept", bytes, LEAST_BYTES, MOST_BYTES);
        Rules.between("the number of conflicts kept of a key", entriesOfAKey, 1, MOST_OF_A_KEY);
        Rules.between("the bytes of values kept of a conflict", valueBytes, 0, MOST_VALUES);
        Rules.between(resolverTimeout, LEAST_TIMEOUT, MOST_TIMEOUT);
    }

    /** What {@code reference.conf} sets. */
    public static ConflictSettings defaults() {
        return new ConflictSettings(10_000, 64 << 20, 16, 8 << 10, Duration.ofSeconds(2));
    }
}
