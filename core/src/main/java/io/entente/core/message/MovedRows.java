package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows that some writes touched: named one by one, or by what their keys begin with. Immutable.
 *
 * @param keys the keys of single rows
 * @param prefixes what the keys of all the other rows begin with; none begins with another one
 */
public record MovedRows(NavigableSet<Bytes> keys, NavigableSet<Bytes> prefixes) {

    private static final MovedRows NONE = new MovedRows(new TreeSet<>(), new TreeSet<>());

    public MovedRows {
        keys = Collections.unmodifiableNavigableSet(new TreeSet<>(Objects.requireNonNull(keys, "keys")));
        prefixes = Collections.unmodifiableNavigableSet(minimal(prefixes));
    }

    /** No rows. */
    public static MovedRows none() {
        return NONE;
    }

    /** Whether the row of that key is among them. */
    public boolean covers(Bytes key) {
        @Nullable Bytes prefix = prefixes.floor(key);
        return keys.contains(key) || (prefix != null && key.startsWith(prefix));
    }

    /** These and those. */
    public MovedRows with(MovedRows others) {
        NavigableSet<Bytes> allKeys = new TreeSet<>(keys);
        allKeys.addAll(others.keys);
        NavigableSet<Bytes> allPrefixes = new TreeSet<>(prefixes);
        allPrefixes.addAll(others.prefixes);
        return new MovedRows(allKeys, allPrefixes);
    }

    /** How many keys and prefixes are named. */
    public int size() {
        return keys.size() + prefixes.size();
    }

    /** The bytes of all that is named. */
    public long bytes() {
        return bytes(keys) + bytes(prefixes);
    }

    private static long bytes(SortedSet<Bytes> of) {
        long sum = 0;
        for (Bytes each : of) {
            sum += each.length();
        }
        return sum;
    }

    /** In their order a prefix comes before all that begin with it, so the last one kept tells. */
    private static NavigableSet<Bytes> minimal(SortedSet<Bytes> prefixes) {
        NavigableSet<Bytes> kept = new TreeSet<>();
        for (Bytes prefix : prefixes) {
            if (kept.isEmpty() || !prefix.startsWith(kept.last())) {
                kept.add(prefix);
            }
        }
        return kept;
    }
}
