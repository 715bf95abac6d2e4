package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.rocksdb.RocksStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory's store: a commit returns when RocksDB has the batch <em>and</em> the high-water record says so.
 * Thread-safe.
 */
final class GuardedStore implements Store {

    private final RocksStore store;
    private final HighWaterFile highWater;
    private final Object commits = new Object();
    private @Nullable StoreException fence;
    private boolean closed;

    GuardedStore(RocksStore store, HighWaterFile highWater) {
        this.store = store;
        this.highWater = highWater;
    }

    long head() {
        return store.head();
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return store.get(table, key);
    }

    @Override
    public List<Optional<Bytes>> getAll(Table table, List<Bytes> keys) {
        return store.getAll(table, keys);
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return store.scan(table, fromInclusive, toExclusive);
    }

    @Override
    public StoreSnapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return store.approximateBytes(table, fromInclusive, toExclusive);
    }

    @Override
    public void commit(WriteBatch batch) {
        synchronized (commits) {
            if (fence != null) {
                throw new StoreFencedException(store.toString(), fence);
            }
            long before = store.head();
            store.commit(batch);
            if (store.head() != before) {
                record();
            }
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }

    /**
     * Closes the store and, unless a commit has failed, records a clean stop.
     *
     * @throws StoreException when either fails; everything is freed all the same, and the next opening will be in doubt
     *     or will have to prove its head like after a crash
     */
    @Override
    public void close() {
        synchronized (commits) {
            if (!closed) {
                closed = true;
                closeOnce();
            }
        }
    }

    /** Leaves the files as the end of the process would leave them. */
    void abandon() {
        synchronized (commits) {
            if (!closed) {
                closed = true;
                store.abandon();
                closeRecord();
            }
        }
    }

    private void record() {
        try {
            highWater.committed(store.head());
        } catch (IOException failed) {
            fence = new StoreException(
                    "a commit to " + store + " succeeded, but the high-water record beside it could not be written: "
                            + failed.getMessage(),
                    failed,
                    true);
            throw fence;
        }
    }

    private void closeOnce() {
        try {
            boolean clean = fence == null && !store.isFenced();
            store.close();
            if (clean) {
                highWater.stopped(store.head());
            }
        } catch (IOException failed) {
            throw new StoreException(
                    store + " was closed, but its clean stop could not be recorded: " + failed.getMessage(),
                    failed,
                    false);
        } finally {
            closeRecord();
        }
    }

    private void closeRecord() {
        try {
            highWater.close();
        } catch (IOException failed) {
            throw new StoreException("the high-water record beside " + store + " could not be closed", failed, false);
        }
    }
}
