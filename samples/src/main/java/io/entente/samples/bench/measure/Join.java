package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.GrowingSites;
import io.entente.samples.bench.site.ProcessSite;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.bench.site.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A new node joins two that have so many keys and no logs that reach back, while one of them goes on writing.
 *
 * @param workload what is written meanwhile, and how large values are
 * @param terms what all sites share
 * @param counts how many keys, the smallest number first
 * @param alone how long it is measured before the node comes, and as long is warmed up
 */
public record Join(Workload workload, Terms terms, List<Integer> counts, Duration alone) implements Benchmark {

    private static final double MEBIBYTE = 1 << 20;
    private static final double LEAST_RATE_LEFT = 0.5;

    /** So many writes of the source are timed at once. */
    private static final int STRETCH = 4_096;

    public Join {
        counts = List.copyOf(counts);
    }

    @Override
    public String name() {
        return "join";
    }

    @Override
    public String how() {
        return "two data centers, a process each, have all keys, with values of " + workload.valueBytes() + " bytes, "
                + terms.durability() + "; their logs are truncated. One of them writes without pause, "
                + workload.window()
                + " under way, for twice " + alone.toSeconds()
                + " s, the first of them warm up; then a third process is started, with an empty directory, "
                + "until it is ready: snapshots fetched and merged. Wire: what both sent more than for the writes alone. Heap: after a "
                + "collection, the load generator included. Raw: one thread copies as many rows from one RocksDB into another, in synced "
                + "batches";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        for (int keys : counts) {
            Workload spread = workload.withKeys(keys);
            String by = String.format(Locale.ROOT, "%,d keys", keys);
            Spent raw = RawRows.measure(directory.resolve("raw-" + keys), spread);
            into.add(Figure.of("join.raw.seconds." + keys, "raw copy, " + by, "s"), raw.nanos() / 1e9);
            try (GrowingSites sites = GrowingSites.start(directory.resolve("sites-" + keys), terms, spread)) {
                sites.source().fill(0, keys, 1).join();
                sites.other().awaitTotal(keys).join();
                measure(sites, keys, by, into);
            }
        }
    }

    private void measure(GrowingSites sites, int keys, String by, Measurements into) {
        // It warms up, and meanwhile the logs are gone through.
        Stretch warm = write(sites.source(), 0, until(alone));
        Usage atFirst = sent(sites);
        Stretch before = write(sites.source(), warm.to, until(alone));
        Usage atJoin = sent(sites);
        long start = System.nanoTime();
        CompletableFuture<ProcessSite> joining = sites.join();
        Stretch during = write(sites.source(), before.to, joining::isDone);
        ProcessSite joined = joining.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        Usage after = sent(sites);
        long writes = (long) keys + during.to;
        joined.awaitTotal(writes).join();
        double perWrite = (double) atJoin.since(atFirst).wireBytes() / (before.to - warm.to);
        double wire = after.since(atJoin).wireBytes() - perWrite * (during.to - before.to);
        into.add(Figure.of("join.seconds." + keys, "from start to ready, " + by, "s"), seconds);
        into.add(Figure.of("join.wire." + keys, "sent for it, " + by, "MiB"), wire / MEBIBYTE);
        into.add(Figure.of("join.before." + keys, "source before, " + by, "writes/s"), before.perSecond());
        into.add(Figure.of("join.during." + keys, "source meanwhile, " + by, "writes/s"), during.perSecond());
        into.add(
                Figure.of("join.left." + keys, "meanwhile of before, " + by, "of 1")
                        .atLeast(LEAST_RATE_LEFT),
                during.perSecond() / before.perSecond());
        heap(into, "join.heap.source." + keys, "source's heap, " + by, sites.source());
        heap(into, "join.heap.joined." + keys, "new node's heap, " + by, joined);
    }

    private static void heap(Measurements into, String id, String label, ProcessSite site) {
        into.add(Figure.of(id, label, "MiB"), site.heapAfterCollection().join() / MEBIBYTE);
    }

    private static Usage sent(GrowingSites sites) {
        return new Usage(
                Spent.soFar(),
                sites.source().usage().join().wireBytes()
                        + sites.other().usage().join().wireBytes());
    }

    private static BooleanSupplier until(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() - end >= 0;
    }

    /** Has the site write, from that number on, until it is time to end; once at least. */
    private static Stretch write(ProcessSite site, int from, BooleanSupplier ends) {
        long start = System.nanoTime();
        int to = from;
        do {
            site.write(to, to + STRETCH).join();
            to += STRETCH;
        } while (!ends.getAsBoolean());
        return new Stretch(from, to, System.nanoTime() - start);
    }

    /** Writes of these numbers, and how long they took. */
    private record Stretch(int from, int to, long nanos) {

        double perSecond() {
            return (to - from) * 1e9 / nanos;
        }
    }
}
