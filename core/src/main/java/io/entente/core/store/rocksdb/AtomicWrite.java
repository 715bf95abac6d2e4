package io.entente.core.store.rocksdb;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import org.rocksdb.ColumnFamilyHandle;

/**
 * A batch and the head it makes, as the one RocksDB write that carries both.
 *
 * <p>The batch is laid out here in the form of RocksDB's own write-ahead log (its {@code write_batch.cc}) and handed over in one
 * native call: a call for each operation costs more than the operation.
 *
 * <pre>
 * 8 bytes sequence, RocksDB's to fill   4 bytes number of operations, little-endian
 * put      05   column family   key with its length   value with its length
 * delete   04   column family   key with its length
 * range    0e   column family   first key with its length   first key after it with its length
 * </pre>
 */
final class AtomicWrite implements WriteBatch.Visitor, AutoCloseable {

    private static final int COUNT_AT = 8;
    private static final int PUT = 5;
    private static final int DELETE = 4;
    private static final int DELETE_RANGE = 14;

    private final RocksDatabase database;
    private final ByteWriter out;
    private final org.rocksdb.WriteBatch operations;

    private AtomicWrite(WriteBatch batch, long head, RocksDatabase database) {
        this.database = database;
        this.out = new ByteWriter(Math.toIntExact(64 + batch.bytes()));
        out.i64(0).u32(0);
        batch.forEach(this);
        put(
                database.ownFamily(),
                RocksDatabase.HEAD_KEY,
                new ByteWriter(Long.BYTES).i64(head).toBytes());
        out.patchU32(COUNT_AT, Integer.toUnsignedLong(Integer.reverseBytes(batch.size() + 1)));
        this.operations = new org.rocksdb.WriteBatch(out.toBytes().unsafeArray());
    }

    /** Nothing is written yet, so a failure here leaves no doubt. */
    static AtomicWrite of(WriteBatch batch, long head, RocksDatabase database) {
        return new AtomicWrite(batch, head, database);
    }

    org.rocksdb.WriteBatch operations() {
        return operations;
    }

    @Override
    public void put(Table table, Bytes key, Bytes value) {
        put(database.family(table), key, value);
    }

    @Override
    public void delete(Table table, Bytes key) {
        out.u8(DELETE).varint(database.family(table).getID()).bytes(key);
    }

    @Override
    public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
        out.u8(DELETE_RANGE)
                .varint(database.family(table).getID())
                .bytes(fromInclusive)
                .bytes(toExclusive);
    }

    @Override
    public void close() {
        operations.close();
    }

    private void put(ColumnFamilyHandle family, Bytes key, Bytes value) {
        out.u8(PUT).varint(family.getID()).bytes(key).bytes(value);
    }
}
