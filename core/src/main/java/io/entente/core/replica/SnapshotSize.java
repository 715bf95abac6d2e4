package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;

/**
 * About how many bytes of rows a snapshot has. The store says which part of its room the rows already sent take, and how many bytes those
 * had is known; so it gets better on the way. Asked for now and then only.
 */
final class SnapshotSize {

    /** So many times in a snapshot, about, the store is asked. */
    private static final int TIMES = 64;

    private static final long LEAST_STEP_BYTES = 256 << 10;

    /** With less, what the store says of a range is too rough to tell how well its rows compress. */
    private static final long LEAST_KNOWN_BYTES = 64 << 10;

    private final ReadableStore store;
    private final StoreKeys keys;
    private long total;
    private long validUpTo = -1;

    SnapshotSize(ReadableStore store, StoreKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** The size of a snapshot that has come to that row, with so many bytes. */
    long about(Bytes row, long bytes) {
        if (bytes > validUpTo) {
            total = estimate(row, bytes);
            validUpTo = bytes + Math.max(LEAST_STEP_BYTES, total / TIMES);
        }
        return Math.max(total, bytes);
    }

    private long estimate(Bytes row, long bytes) {
        Bytes here = StoreKeys.isOfRecord(row) ? StoreKeys.behind(keys.keyOf(row)) : keys.first();
        try {
            long behind = store.approximateBytes(Table.RECORD, keys.first(), here);
            long ahead = store.approximateBytes(Table.RECORD, here, keys.last());
            double inflation = Math.min(behind, bytes) < LEAST_KNOWN_BYTES ? 1 : (double) bytes / behind;
            return bytes + (long) (ahead * inflation);
        } catch (StoreException unreadable) {
            return Math.max(total, bytes);
        }
    }
}
