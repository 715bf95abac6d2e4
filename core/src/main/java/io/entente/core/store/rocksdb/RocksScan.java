package io.entente.core.store.rocksdb;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A walk by a RocksDB iterator, which shows the state at its making, or that of the snapshot in the options it got. */
final class RocksScan implements Scan, OpenGuard.Dependent {

    private final OpenGuard guard;
    private final Natives natives = new Natives();
    private final RocksIterator iterator;
    private final byte[] from;
    private boolean started;
    private boolean closed;
    private @Nullable Bytes key;
    private @Nullable Bytes value;

    /** Made within a visit of the guard. */
    RocksScan(
            OpenGuard guard,
            RocksDB db,
            ColumnFamilyHandle family,
            ReadOptions base,
            Bytes fromInclusive,
            Bytes until) {
        this.guard = guard;
        this.from = fromInclusive.unsafeArray();
        Slice bound = natives.own(new Slice(until.unsafeArray()));
        ReadOptions options = natives.own(new ReadOptions(base).setIterateUpperBound(bound));
        this.iterator = natives.own(db.newIterator(family, options));
    }

    @Override
    public boolean advance() {
        return guard.read(this::step);
    }

    @Override
    public Bytes key() {
        return standing(key);
    }

    @Override
    public Bytes value() {
        return standing(value);
    }

    @Override
    public void close() {
        guard.release(this);
    }

    @Override
    public synchronized void free() {
        closed = true;
        key = null;
        value = null;
        natives.close();
    }

    private synchronized boolean step() throws RocksDBException {
        requireOpen();
        if (!started) {
            started = true;
            iterator.seek(from);
        } else if (key != null) {
            iterator.next();
        }
        if (iterator.isValid()) {
            key = Bytes.wrap(iterator.key());
            value = Bytes.wrap(iterator.value());
            return true;
        }
        key = null;
        value = null;
        iterator.status();
        return false;
    }

    private synchronized Bytes standing(@Nullable Bytes part) {
        requireOpen();
        if (part == null) {
            throw new IllegalStateException(
                    "the scan stands at no key: advance() has not been called or has answered false");
        }
        return part;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scan is closed");
        }
    }
}
