package io.entente.samples.bench.measure;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;

/** The raw limit of a new node: one thread scans all rows in one RocksDB and writes them into another, in synced batches. */
final class RawRows {

    private static final Bytes FIRST = Bytes.utf8("k");
    private static final Bytes END = Bytes.utf8("l");

    private RawRows() {}

    /** What copying all keys takes. */
    static Spent measure(Path directory, Workload workload) {
        try (RawStore source = RawStore.open(directory.resolve("source"), workload);
                RawStore target = RawStore.open(directory.resolve("target"), workload)) {
            source.fill();
            Spent before = Spent.soFar();
            int copied = copy(source, target);
            if (copied != workload.keys()) {
                throw new IllegalStateException("there were " + copied + " keys, not " + workload.keys());
            }
            return Spent.soFar().since(before);
        }
    }

    private static int copy(RawStore source, RawStore target) {
        int copied = 0;
        WriteBatch batch = new WriteBatch();
        try (Scan rows = source.store().scan(Table.RECORD, FIRST, END)) {
            while (rows.advance()) {
                batch.put(Table.RECORD, rows.key(), rows.value());
                copied++;
                if (batch.size() >= RawStore.BATCH) {
                    target.store().commit(batch);
                    batch = new WriteBatch();
                }
            }
        }
        target.store().commit(batch);
        return copied;
    }
}
