package io.entente.core.store.rocksdb;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import org.rocksdb.RocksDBException;

/** A batch and the head it makes, as the one RocksDB write that carries both. */
final class AtomicWrite implements WriteBatch.Visitor, AutoCloseable {

    private final RocksDatabase database;
    private final org.rocksdb.WriteBatch operations = new org.rocksdb.WriteBatch();

    private AtomicWrite(RocksDatabase database) {
        this.database = database;
    }

    /** Nothing is written yet, so a failure here leaves no doubt. */
    static AtomicWrite of(WriteBatch batch, long head, RocksDatabase database) {
        AtomicWrite write = new AtomicWrite(database);
        try {
            batch.forEach(write);
            write.head(head);
            return write;
        } catch (RuntimeException | Error failed) {
            write.close();
            throw failed;
        }
    }

    org.rocksdb.WriteBatch operations() {
        return operations;
    }

    @Override
    public void put(Table table, Bytes key, Bytes value) {
        try {
            operations.put(database.family(table), key.unsafeArray(), value.unsafeArray());
        } catch (RocksDBException failed) {
            throw unassembled(failed);
        }
    }

    @Override
    public void delete(Table table, Bytes key) {
        try {
            operations.delete(database.family(table), key.unsafeArray());
        } catch (RocksDBException failed) {
            throw unassembled(failed);
        }
    }

    @Override
    public void close() {
        operations.close();
    }

    private void head(long head) {
        Bytes value = new ByteWriter(Long.BYTES).i64(head).toBytes();
        try {
            operations.put(database.ownFamily(), RocksDatabase.HEAD_KEY.unsafeArray(), value.unsafeArray());
        } catch (RocksDBException failed) {
            throw unassembled(failed);
        }
    }

    private static StoreException unassembled(RocksDBException failed) {
        return new StoreException("a batch could not be assembled: " + failed.getMessage(), failed, false);
    }
}
