package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.ClosedLoop;
import io.entente.samples.bench.load.Latencies;
import io.entente.samples.bench.load.Pace;
import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.LocalSite;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;

/**
 * Gets of keys that are there, at one data center, while nobody writes.
 *
 * @param workload which keys, and how many gets for the throughput
 * @param terms what all sites share
 * @param pace the rate for the latency
 */
public record Reads(Workload workload, Terms terms, Pace pace) implements Benchmark {

    public Reads {
        Replicate.requireTwo(workload);
    }

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public String how() {
        return "all keys are written, then read at one data center: " + workload.text("gets")
                + ", half of them to warm up; then " + pace.text()
                + " for the latency, counted from when each was due. Raw: RocksDB asked by one thread for the same keys";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        measureRaw(directory.resolve("raw"), into);
        try (var sites = Sites.inOneProcess(directory.resolve("sites"), terms, workload)) {
            sites.fill(workload.keys());
            sites.awaitAll(workload.keys());
            LocalSite reader = sites.all().get(0);
            int half = workload.writes() / 2;
            ClosedLoop.run(reader.gets(), 0, half, workload.window());
            Spent before = Spent.soFar();
            ClosedLoop.run(reader.gets(), half, workload.writes(), workload.window());
            add(into, "replica", "replica", Spent.soFar().since(before));
            Latencies latencies = new Latencies();
            pace.run(reader.gets(), latencies);
            Percentiles.add(into, "reads.replica", "replica", latencies, 50, 99, 99.9);
        }
    }

    private void measureRaw(Path directory, Measurements into) {
        try (RawStore store = RawStore.open(directory, workload)) {
            store.fill();
            int half = workload.writes() / 2;
            read(store, 0, half);
            Spent before = Spent.soFar();
            read(store, half, workload.writes());
            add(into, "raw", "raw RocksDB", Spent.soFar().since(before));
            Percentiles.add(into, "reads.raw", "raw RocksDB", RawLatency.ofGets(store, pace.seconds()), 50, 99, 99.9);
        }
    }

    private static void read(RawStore store, int from, int to) {
        for (int read = from; read < to; read++) {
            store.read(read);
        }
    }

    private void add(Measurements into, String id, String label, Spent spent) {
        int reads = workload.writes() - workload.writes() / 2;
        into.add(Figure.of("reads." + id + ".throughput", label, "gets/s"), spent.perSecond(reads));
        into.add(Figure.of("reads." + id + ".cpu", label, "us CPU/get"), spent.cpuMicros(reads));
    }
}
