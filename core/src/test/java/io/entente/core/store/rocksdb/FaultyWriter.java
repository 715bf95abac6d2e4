package io.entente.core.store.rocksdb;

import io.entente.core.store.memory.CommitFault;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Writes to RocksDB until told to fail. */
public final class FaultyWriter implements BatchWriter {

    private @Nullable CommitFault next;

    /** A store that writes through this. */
    public RocksStore open(Path directory, RocksStoreSettings settings) {
        return RocksStore.open(directory, settings, this);
    }

    /** Makes the next write fail. */
    public void failNext(CommitFault fault) {
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
