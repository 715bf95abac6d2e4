package io.entente.cluster.feed;

import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of a node, numbered as its partitions commit them: a ring in memory that forgets the oldest at a bound of number and of
 * bytes, whoever may still want them. Changes of one key have the order of its partition's commits.
 *
 * <p>It holds keys and no values: a value is read when somebody is to be told of it, so that one who lags behind costs nothing and is never told an old
 * value last. Thread-safe.
 */
final class ChangeLog {

    /** How many changes are remembered. */
    static final int MOST_CHANGES = 1 << 16;

    /** How many bytes the remembered changes may take, about. */
    static final long MOST_BYTES = 16 << 20;

    /** How many changes of other keys are looked at before a reader is answered. */
    static final int MOST_PASSED = 4_096;

    /** What a change takes beside its key: itself, the key's objects, its share in a vector. */
    private static final int BYTES_BESIDE_KEY = 160;

    private final @Nullable KeyChange[] ring;
    private final long mostBytes;
    private long first = 1;
    private long next = 1;
    private long bytes;

    ChangeLog() {
        this(MOST_CHANGES, MOST_BYTES);
    }

    ChangeLog(int mostChanges, long mostBytes) {
        this.ring = new KeyChange[mostChanges];
        this.mostBytes = mostBytes;
    }

    /** A commit of a partition has changed these keys. */
    synchronized void append(int partition, List<RecordKey> keys, VersionVector upTo) {
        for (RecordKey key : keys) {
            if (next - first == ring.length) {
                forgetOldest();
            }
            KeyChange change = new KeyChange(next, key, partition, upTo);
            ring[place(next)] = change;
            next++;
            bytes += bytesOf(change);
        }
        while (bytes > mostBytes) {
            forgetOldest();
        }
    }

    /** The number of the last change; 0 before the first. */
    synchronized long last() {
        return next - 1;
    }

    /** Whether every change after that number is remembered, and there was that one. */
    synchronized boolean reachesBackTo(long number) {
        return number >= first - 1 && number < next;
    }

    /**
     * What comes after a change.
     *
     * @param after its number, one there was
     * @param wanted which keys
     * @param most how many changes at the most
     */
    synchronized Page read(long after, Predicate<RecordKey> wanted, int most) {
        if (!reachesBackTo(after)) {
            return new Page(List.of(), next - 1, true, false);
        }
        List<KeyChange> found = new ArrayList<>();
        long reached = after;
        while (reached < next - 1 && found.size() < most && reached - after < MOST_PASSED) {
            reached++;
            KeyChange change = ring[place(reached)];
            if (change != null && wanted.test(change.key())) {
                found.add(change);
            }
        }
        return new Page(found, reached, false, reached < next - 1);
    }

    private void forgetOldest() {
        KeyChange oldest = ring[place(first)];
        if (oldest != null) {
            bytes -= bytesOf(oldest);
        }
        ring[place(first)] = null;
        first++;
    }

    private int place(long number) {
        return (int) (number % ring.length);
    }

    private static long bytesOf(KeyChange change) {
        return BYTES_BESIDE_KEY + 2L * change.key().key().length();
    }

    /**
     * Some changes.
     *
     * @param changes those that were wanted
     * @param reached the number up to which all were looked at
     * @param missed whether changes were forgotten before they were read; there are no changes then, and {@code reached} is the last one's number
     * @param more whether there is more already
     */
    record Page(List<KeyChange> changes, long reached, boolean missed, boolean more) {}
}
