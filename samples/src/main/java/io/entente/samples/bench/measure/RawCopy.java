package io.entente.samples.bench.measure;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;

/**
 * The raw limit of catching up: one thread scans a log in one RocksDB and writes what it finds as log and record into another, in synced
 * batches.
 */
final class RawCopy {

    private static final Bytes FIRST = new ByteWriter(8).i64(1).toBytes();
    private static final Bytes END = new ByteWriter(8).i64(2).toBytes();

    private RawCopy() {}

    /** What copying so many entries takes; they are copied twice, and the first time warms up. */
    static Spent measure(Path directory, Workload workload, int entries) {
        try (RawStore source = RawStore.open(directory.resolve("source"), workload)) {
            source.write(0, entries, RawStore.BATCH);
            copy(source, directory.resolve("warm-up"), workload, entries);
            return copy(source, directory.resolve("target"), workload, entries);
        }
    }

    private static Spent copy(RawStore source, Path directory, Workload workload, int entries) {
        try (RawStore target = RawStore.open(directory, workload)) {
            Spent before = Spent.soFar();
            int copied = copy(source, target, workload);
            if (copied != entries) {
                throw new IllegalStateException("the log has " + copied + " entries, not " + entries);
            }
            return Spent.soFar().since(before);
        }
    }

    private static int copy(RawStore source, RawStore target, Workload workload) {
        int copied = 0;
        WriteBatch batch = new WriteBatch();
        try (Scan log = source.store().scan(Table.LOG, FIRST, END)) {
            while (log.advance()) {
                ByteReader key = new ByteReader(log.key());
                key.i64();
                key.i64();
                int number = Math.toIntExact(key.i64());
                RawStore.put(batch, number, Bytes.utf8(workload.key(0, number)), log.value());
                copied++;
                if (batch.size() >= 2 * RawStore.BATCH) {
                    target.store().commit(batch);
                    batch = new WriteBatch();
                }
            }
        }
        target.store().commit(batch);
        return copied;
    }
}
