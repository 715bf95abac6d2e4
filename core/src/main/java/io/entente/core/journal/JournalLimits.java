package io.entente.core.journal;

/**
 * The bounds of one replica's conflict journal. What doesn't fit any more is dropped, the oldest first.
 *
 * @param conflicts how many conflicts it keeps, at least 1
 * @param bytes how many bytes of conflicts it keeps; the latest is kept even where it alone has more
 * @param conflictsOfAKey how many conflicts of one key it keeps, at least 1: a key that is in conflict all the time must not push out
 *     those of all others
 * @param valueBytes how many bytes of values it keeps of one conflict; of versions beyond that it keeps dot, time and size
 */
public record JournalLimits(int conflicts, long bytes, int conflictsOfAKey, int valueBytes) {

    /** Throws {@link IllegalArgumentException} for a journal that could keep nothing. */
    public JournalLimits {
        if (conflicts < 1 || conflictsOfAKey < 1 || bytes < 0 || valueBytes < 0) {
            throw new IllegalArgumentException("a journal of " + conflicts + " conflicts, " + conflictsOfAKey
                    + " of a key, in " + bytes + " bytes with " + valueBytes
                    + " bytes of values: keep at least one conflict, and no negative number of bytes");
        }
    }

    /** The share of one of eight partitions in what {@code reference.conf} sets for a node. */
    public static JournalLimits defaults() {
        return new JournalLimits(1_250, 8 << 20, 16, 8 << 10);
    }

    /** Whether so much is more than is kept. */
    boolean isExceededBy(long conflictsKept, long bytesKept) {
        return conflictsKept > conflicts || (bytesKept > bytes && conflictsKept > 1);
    }
}
