package io.entente.core.store.rocksdb;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** A RocksDB snapshot. Thread-safe; point reads of one snapshot take turns. */
final class RocksSnapshot implements StoreSnapshot, OpenGuard.Dependent {

    private final OpenGuard guard;
    private final RocksDatabase database;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private boolean closed;

    /** Made within a visit of the guard. */
    RocksSnapshot(OpenGuard guard, RocksDatabase database) {
        this.guard = guard;
        this.database = database;
        this.snapshot = database.db().getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return read(() -> database.get(options, table, key));
    }

    @Override
    public List<Optional<Bytes>> getAll(Table table, List<Bytes> keys) {
        return read(() -> database.getAll(options, table, keys));
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return read(() -> guard.register(
                new RocksScan(guard, database.db(), database.family(table), options, fromInclusive, toExclusive)));
    }

    @Override
    public void close() {
        guard.release(this);
    }

    @Override
    public synchronized void free() {
        closed = true;
        options.close();
        database.db().releaseSnapshot(snapshot);
    }

    private <T> T read(OpenGuard.Reading<T> reading) {
        return guard.read(() -> readWhileOpen(reading));
    }

    private synchronized <T> T readWhileOpen(OpenGuard.Reading<T> reading) throws RocksDBException {
        if (closed) {
            throw new IllegalStateException("the snapshot is closed");
        }
        return reading.read();
    }
}
