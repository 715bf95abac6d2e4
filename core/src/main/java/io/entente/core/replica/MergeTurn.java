package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The records that a step merges in their order.
 *
 * @param keys their keys
 * @param staged the snapshot's rows among them, by key, read when they were looked for; empty values stand for those that were merged before
 * @param isLast whether there are none behind them
 */
record MergeTurn(SortedSet<Bytes> keys, SortedMap<Bytes, Bytes> staged, boolean isLast) {

    static final MergeTurn NONE = new MergeTurn(new TreeSet<>(), new TreeMap<>(), false);

    /** As many of the keys found as lie before what was not looked at on either side. */
    static MergeTurn of(
            TreeMap<Bytes, Bytes> here, boolean allHere, TreeMap<Bytes, Bytes> there, boolean allThere, int most) {
        TreeSet<Bytes> keys = new TreeSet<>(here.keySet());
        keys.addAll(there.keySet());
        if (!allHere) {
            keys.tailSet(here.lastKey(), false).clear();
        }
        if (!allThere) {
            keys.tailSet(there.lastKey(), false).clear();
        }
        boolean isLast = allHere && allThere && keys.size() <= most;
        while (keys.size() > most) {
            keys.pollLast();
        }
        there.keySet().retainAll(keys);
        return new MergeTurn(keys, there, isLast);
    }

    /** Whether it is that record's turn. */
    boolean contains(Bytes key) {
        return keys.contains(key);
    }

    /** The snapshot's row of a record, if it has one. */
    Optional<Bytes> staged(Bytes key) {
        return Optional.ofNullable(staged.get(key));
    }

    /** The bytes of the snapshot's rows, as those who sent them counted. */
    long bytes() {
        long bytes = 0;
        for (Map.Entry<Bytes, Bytes> row : staged.entrySet()) {
            bytes += StoreKeys.placeOfRecord(row.getKey()).length()
                    + row.getValue().length();
        }
        return bytes;
    }
}
