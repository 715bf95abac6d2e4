package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.CountedStore;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.StoreFullException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The directory's store: a commit returns when the engine's store has the batch <em>and</em> the high-water record says so.
 * Thread-safe.
 */
final class GuardedStore implements Store {

    private final HighWaterFile highWater;
    private final Object commits = new Object();
    private volatile CountedStore store;
    private @Nullable StoreException fence;
    private boolean closed;

    GuardedStore(CountedStore store, HighWaterFile highWater) {
        this.store = store;
        this.highWater = highWater;
    }

    CountedStore counted() {
        return store;
    }

    /**
     * Goes on after a full disk has broken a commit off, in a store that is opened anew; does nothing when no commit has failed. Scans and snapshots of before end with {@link
     * IllegalStateException}. Whoever numbered something in the batch that failed must not number it again: it may exist.
     *
     * @param opener opens the store; when it fails nothing can be read until this is called again
     * @throws StoreException when it can't be opened; or when it has less than it had, in which case it stays fenced
     * @throws IllegalStateException when it is closed, or fenced for another reason than a full disk
     */
    void reopen(Supplier<CountedStore> opener) {
        synchronized (commits) {
            if (closed) {
                throw new IllegalStateException(store + " is closed");
            }
            StoreException failure = fence;
            if (failure == null) {
                return;
            }
            if (!StoreFullException.isCauseOf(failure)) {
                throw new IllegalStateException(store + " can't go on: " + failure.getMessage(), failure);
            }
            long known = store.head();
            store.abandon();
            CountedStore again = opener.get();
            store = again;
            if (again.head() < known) {
                fence = new StoreException(
                        store + " had head " + known + " when its disk was full, and was opened anew with head "
                                + again.head() + ": start the node again, and it catches up with the others",
                        false);
                throw fence;
            }
            record();
            fence = null;
        }
    }

    long head() {
        return store.head();
    }

    Optional<StoreDamagedException> damage() {
        return store.damage();
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
            try {
                store.commit(batch);
            } catch (StoreException failed) {
                fence = failed;
                throw failed;
            }
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
            String message = "a commit to " + store
                    + " succeeded, but the high-water record beside it could not be written: " + failed.getMessage();
            fence = new StoreException(message, failed, true);
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
