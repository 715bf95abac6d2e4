package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.bench.site.Usage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * What a replicated write takes besides time: processor, allocation, network; and which heap remains.
 *
 * @param workload what is written
 * @param terms what all sites share
 */
public record CostOfAWrite(Workload workload, Terms terms) implements Benchmark {

    private static final double MOST_HEAP_MEBIBYTES = 256;
    private static final double MEBIBYTE = 1 << 20;

    public CostOfAWrite {
        Replicate.requireTwo(workload);
    }

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public String how() {
        return "as replicate, one process a data center, " + workload.text() + ", " + terms.durability()
                + "; half of the writes warm up. Summed over the processes, load generators included; heap: of the largest process, "
                + "after a collection; wire: Artery's frames, all of them. Raw: one RocksDB as for replicate, this process's heap; "
                + "wire: key and value, twice";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Spent raw = RawWrites.measure(directory.resolve("raw"), workload);
        System.gc();
        double rawHeap =
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int rawWrites = RawWrites.measured(workload);
        double content = workload.keyNumber(workload.keys() - 1).length() + workload.valueBytes();
        add(into, "raw", "raw RocksDB", raw, rawWrites);
        into.add(Figure.of("cost.raw.heap", "raw RocksDB, heap", "MiB"), rawHeap / MEBIBYTE);
        into.add(Figure.of("cost.raw.wire", "content for two others", "wire B/write"), 2 * content);
        try (var sites = Sites.inThreeProcesses(directory.resolve("sites"), terms, workload)) {
            int half = workload.writes() / 2;
            sites.write(0, half);
            sites.awaitAll((long) sites.count() * half);
            Usage before = sites.usage();
            sites.write(half, workload.writes());
            sites.awaitAll((long) sites.count() * workload.writes());
            Usage usage = sites.usage().since(before);
            long writes = Replicate.measured(sites, workload);
            add(into, "replicated", "replicated", usage.spent(), writes);
            into.add(
                    Figure.of("cost.replicated.heap", "largest node, heap", "MiB")
                            .atMost(MOST_HEAP_MEBIBYTES),
                    sites.heapOfANode() / MEBIBYTE);
            into.add(
                    Figure.of("cost.replicated.wire", "replicated", "wire B/write"),
                    (double) usage.wireBytes() / writes);
        }
    }

    private static void add(Measurements into, String id, String label, Spent spent, long writes) {
        into.add(Figure.of("cost." + id + ".cpu", label, "us CPU/write"), spent.cpuMicros(writes));
        into.add(Figure.of("cost." + id + ".allocated", label, "allocated B/write"), spent.allocated(writes));
    }
}
