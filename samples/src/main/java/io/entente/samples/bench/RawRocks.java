package io.entente.samples.bench;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.rocksdb.RocksStore;
import io.entente.core.store.rocksdb.RocksStoreSettings;
import java.nio.file.Path;

/**
 * The raw limit: one writer, one RocksDB, two puts a write as a log and a record need them, batches of 256, each synced. No
 * replication, no versions, no requests.
 */
final class RawRocks {

    private static final int BATCH = 256;

    private RawRocks() {}

    /** How fast, and at what cost. */
    static Speed measure(Path directory, Workload workload) {
        try (RocksStore store = RocksStore.open(directory, RocksStoreSettings.of(Durability.FSYNC))) {
            write(store, workload, 0, workload.writes() / 4);
            Speed.Watch watch = Speed.start();
            write(store, workload, workload.writes() / 4, workload.writes());
            return watch.stop(workload.writes() - workload.writes() / 4);
        }
    }

    private static void write(RocksStore store, Workload workload, int from, int to) {
        WriteBatch batch = new WriteBatch();
        for (int write = from; write < to; write++) {
            Bytes value = Bytes.wrap(workload.value(0, write));
            batch.put(Table.LOG, new ByteWriter(32).i64(1).i64(2).i64(write).toBytes(), value);
            batch.put(Table.RECORD, Bytes.utf8(workload.key(0, write)), value);
            if (batch.size() >= 2 * BATCH) {
                store.commit(batch);
                batch = new WriteBatch();
            }
        }
        store.commit(batch);
    }
}
