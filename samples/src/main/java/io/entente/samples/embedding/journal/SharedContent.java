package io.entente.samples.embedding.journal;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreReader;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.Optional;

/** A store in memory that several threads use: {@link MemoryStore} is for one, so each of its steps is taken under one lock. */
final class SharedContent implements Store {

    private final Object lock = new Object();
    private final MemoryStore content = new MemoryStore();

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        synchronized (lock) {
            return content.get(table, key);
        }
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return scan(content, table, fromInclusive, toExclusive);
    }

    @Override
    public StoreSnapshot snapshot() {
        synchronized (lock) {
            return new Moment(content.snapshot());
        }
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        synchronized (lock) {
            return content.approximateBytes(table, fromInclusive, toExclusive);
        }
    }

    @Override
    public void commit(WriteBatch batch) {
        synchronized (lock) {
            content.commit(batch);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            content.close();
        }
    }

    private Scan scan(StoreReader of, Table table, Bytes fromInclusive, Bytes toExclusive) {
        synchronized (lock) {
            return new Walk(of.scan(table, fromInclusive, toExclusive));
        }
    }

    /** A snapshot whose steps are taken under the lock. */
    private final class Moment implements StoreSnapshot {

        private final StoreSnapshot snapshot;

        private Moment(StoreSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<Bytes> get(Table table, Bytes key) {
            synchronized (lock) {
                return snapshot.get(table, key);
            }
        }

        @Override
        public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
            return SharedContent.this.scan(snapshot, table, fromInclusive, toExclusive);
        }

        @Override
        public void close() {
            synchronized (lock) {
                snapshot.close();
            }
        }
    }

    /** A scan whose steps are taken under the lock. */
    private final class Walk implements Scan {

        private final Scan scan;

        private Walk(Scan scan) {
            this.scan = scan;
        }

        @Override
        public boolean advance() {
            synchronized (lock) {
                return scan.advance();
            }
        }

        @Override
        public Bytes key() {
            return scan.key();
        }

        @Override
        public Bytes value() {
            return scan.value();
        }

        @Override
        public void close() {
            synchronized (lock) {
                scan.close();
            }
        }
    }
}
