package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;

/**
 * All data centers write at once, until every one of them has every write durably.
 *
 * @param workload what is written
 * @param terms what all sites share
 * @param processes whether to measure one process a data center, too
 */
public record Replicate(Workload workload, Terms terms, boolean processes) implements Benchmark {

    private static final Kind ONE_PROCESS = new Kind("one-process", "one process", 0.6);
    private static final Kind A_PROCESS_EACH = new Kind("three-processes", "a process each", 0.4);

    public Replicate {
        requireTwo(workload);
    }

    /** Where half of the writes warm up, there must be another half. */
    static void requireTwo(Workload workload) {
        if (workload.writes() < 2) {
            throw new IllegalArgumentException(
                    "--writes is " + workload.writes() + ": half of them warm up; give at least 2");
        }
    }

    @Override
    public String name() {
        return "replicate";
    }

    @Override
    public String how() {
        return "three data centers with a writer each, " + workload.text() + ", " + terms.durability()
                + "; half of the writes warm up; the rest is counted once when all data centers have it. Raw: one RocksDB, one writer, "
                + "synced batches of " + RawStore.BATCH + " writes of two puts";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Spent raw = RawWrites.measure(directory.resolve("raw"), workload);
        int rawWrites = RawWrites.measured(workload);
        into.add(Figure.of("replicate.raw.throughput", "raw RocksDB", "writes/s"), raw.perSecond(rawWrites));
        into.add(Figure.of("replicate.raw.cpu", "raw RocksDB", "us CPU/write"), raw.cpuMicros(rawWrites));
        double limit = raw.perSecond(rawWrites);
        try (var sites = Sites.inOneProcess(directory.resolve("one"), terms, workload)) {
            add(into, ONE_PROCESS, limit, sites);
        }
        if (processes) {
            try (var sites = Sites.inThreeProcesses(directory.resolve("three"), terms, workload)) {
                add(into, A_PROCESS_EACH, limit, sites);
            }
        }
    }

    /** What the second half of the writes of all sites takes until all have them. */
    static Spent replicated(Sites<?> sites, Workload workload) {
        return replicated(sites, workload, 0);
    }

    /** The same, where all have so many writes already. */
    static Spent replicated(Sites<?> sites, Workload workload, long had) {
        int half = workload.writes() / 2;
        sites.write(0, half);
        sites.awaitAll(had + (long) sites.count() * half);
        Spent before = sites.usage().spent();
        sites.write(half, workload.writes());
        sites.awaitAll(had + (long) sites.count() * workload.writes());
        return sites.usage().spent().since(before);
    }

    /** How many writes {@link #replicated(Sites, Workload)} measures. */
    static long measured(Sites<?> sites, Workload workload) {
        return (long) sites.count() * (workload.writes() - workload.writes() / 2);
    }

    private void add(Measurements into, Kind kind, double limit, Sites<?> sites) {
        Spent spent = replicated(sites, workload);
        long writes = measured(sites, workload);
        double perSecond = spent.perSecond(writes);
        into.add(Figure.of("replicate." + kind.id + ".throughput", "replicated, " + kind.label, "writes/s"), perSecond);
        into.add(
                Figure.of("replicate." + kind.id + ".cpu", "replicated, " + kind.label, "us CPU/write"),
                spent.cpuMicros(writes));
        into.add(
                Figure.of("replicate." + kind.id + ".ratio", "replicated to raw, " + kind.label, "ratio")
                        .atLeast(kind.leastRatio),
                perSecond / limit);
    }

    /** Where the sites run, and at which share of the raw limit they are meant to get. */
    private record Kind(String id, String label, double leastRatio) {}
}
