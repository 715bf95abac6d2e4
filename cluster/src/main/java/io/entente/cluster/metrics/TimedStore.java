package io.entente.cluster.metrics;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A store whose commits are timed, those that fail too. As thread-safe as the store.
 *
 * @param store the store
 * @param commits records how long they take
 */
record TimedStore(Store store, Timer commits) implements Store {

    @Override
    public void commit(WriteBatch batch) {
        long begunNanos = System.nanoTime();
        try {
            store.commit(batch);
        } finally {
            commits.record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS);
        }
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
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return store.approximateBytes(table, fromInclusive, toExclusive);
    }

    @Override
    public StoreSnapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
