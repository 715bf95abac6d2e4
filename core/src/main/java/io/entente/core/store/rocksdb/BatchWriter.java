package io.entente.core.store.rocksdb;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The one call that writes to RocksDB, {@link RocksDB#write}; a seam for faults that no test can provoke for real. */
interface BatchWriter {

    void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException;
}
