package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import java.nio.file.Path;

/** The raw limit of writing: one writer, one RocksDB, synced batches. No replication, no versions, no requests. */
final class RawWrites {

    private RawWrites() {}

    /** What the second half of the workload's writes takes; the first warms up. */
    static Spent measure(Path directory, Workload workload) {
        try (RawStore store = RawStore.open(directory, workload)) {
            int half = Math.max(1, workload.writes() / 2);
            store.write(0, half, RawStore.BATCH);
            Spent before = Spent.soFar();
            store.write(half, workload.writes(), RawStore.BATCH);
            return Spent.soFar().since(before);
        }
    }

    /** How many writes {@link #measure} measures. */
    static int measured(Workload workload) {
        return workload.writes() - Math.max(1, workload.writes() / 2);
    }
}
