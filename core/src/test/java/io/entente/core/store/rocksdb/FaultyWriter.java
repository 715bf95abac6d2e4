package io.entente.core.store.rocksdb;

import io.entente.core.store.memory.CommitFault;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Writes to RocksDB until told to fail. */
final class FaultyWriter implements BatchWriter {

    private @Nullable CommitFault next;

    void failNext(CommitFault fault) {
        next = fault;
    }

    @Override
    public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
        if (next != CommitFault.LOSES_THE_BATCH) {
            db.write(options, batch);
        }
        if (next != null) {
            throw new RocksDBException("the device says no");
        }
    }
}
