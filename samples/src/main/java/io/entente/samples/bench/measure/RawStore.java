package io.entente.samples.bench.measure;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.rocksdb.RocksStore;
import io.entente.core.store.rocksdb.RocksStoreSettings;
import io.entente.samples.bench.load.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** RocksDB alone, with two puts a write, as a log and a record need them. Confined to one thread. */
final class RawStore implements AutoCloseable {

    /** Writes a batch: about what waits for an fsync under load. */
    static final int BATCH = 256;

    private final RocksStore store;
    private final Workload workload;

    private RawStore(RocksStore store, Workload workload) {
        this.store = store;
        this.workload = workload;
    }

    /** A new one, synced. */
    static RawStore open(Path directory, Workload workload) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + directory + " can't be made: " + e.getMessage(), e);
        }
        return new RawStore(RocksStore.open(directory, RocksStoreSettings.of(Durability.FSYNC)), workload);
    }

    /** Makes the workload's writes {@code from} to before {@code to}, so many a synced batch. */
    void write(int from, int to, int batchSize) {
        WriteBatch batch = new WriteBatch();
        for (int write = from; write < to; write++) {
            Bytes value = Bytes.wrap(workload.value(0, write));
            put(batch, write, Bytes.utf8(workload.key(0, write)), value);
            if (batch.size() >= 2 * batchSize) {
                store.commit(batch);
                batch = new WriteBatch();
            }
        }
        store.commit(batch);
    }

    /** Writes each key once. */
    void fill() {
        WriteBatch batch = new WriteBatch();
        for (int key = 0; key < workload.keys(); key++) {
            put(batch, key, Bytes.utf8(workload.keyNumber(key)), Bytes.wrap(workload.value(0, key)));
            if (batch.size() >= 2 * BATCH) {
                store.commit(batch);
                batch = new WriteBatch();
            }
        }
        store.commit(batch);
    }

    /** Reads the key of that write. */
    void read(int write) {
        if (store.get(Table.RECORD, Bytes.utf8(workload.key(0, write))).isEmpty()) {
            throw new IllegalStateException("the key " + workload.key(0, write) + " was written and is not there");
        }
    }

    RocksStore store() {
        return store;
    }

    static void put(WriteBatch batch, int number, Bytes key, Bytes value) {
        batch.put(Table.LOG, new ByteWriter(32).i64(1).i64(2).i64(number).toBytes(), value);
        batch.put(Table.RECORD, key, value);
    }

    @Override
    public void close() {
        store.close();
    }
}
