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

    private static final double NANOS_A_SECOND = 1e9;

    /** Who is so close behind has caught up. */
    private static final double CLOSE_SECONDS = 1;

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
                + terms.durability()
                + "; their logs are truncated, and they are started again, with logs that reach back as far as usual. One of them writes without pause, "
                + workload.window()
                + " under way, for twice " + alone.toSeconds()
                + " s, the first of them warm up; then a third process is started, with an empty directory, "
                + "until it is ready: snapshots fetched and merged; and then until it has what the source had written a second before: caught up. Meanwhile: all of "
                + "that time. Wire: what both sent more than for the writes alone, what the new node got of the writes since included. Heap: after "
                + "collections, one every five seconds, the load generator and caches of at most entente.cache included. Raw: one thread copies as many rows from one RocksDB into another, in synced "
                + "batches";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        for (int keys : counts) {
            Workload spread = workload.withKeys(keys);
            String by = String.format(Locale.ROOT, "%,d keys", keys);
            Spent raw = RawRows.measure(directory.resolve("raw-" + keys), spread);
            into.add(Figure.of("join.raw.seconds." + keys, "raw copy, " + by, "s"), raw.nanos() / NANOS_A_SECOND);
            try (GrowingSites sites = GrowingSites.start(directory.resolve("sites-" + keys), terms, spread)) {
                sites.source().fill(0, keys, 1).join();
                sites.other().awaitTotal(keys).join();
                sites.startAnewWithLogs();
                measure(sites, keys, by, into);
            }
        }
    }

    private void measure(GrowingSites sites, int keys, String by, Measurements into) {
        Writing writing = new Writing(sites.source());
        // It warms up.
        writing.until(Writing.after(alone));
        Usage atFirst = sent(sites);
        Stretch before = writing.until(Writing.after(alone));
        long heapBefore = sites.source().heapAfterCollection().join();
        Usage atJoin = sent(sites);
        long start = System.nanoTime();
        CompletableFuture<ProcessSite> joining = sites.join();
        Stretch snapshot = writing.lookingAtHeap().until(joining::isDone);
        ProcessSite joined = joining.join();
        double ready = secondsSince(start);
        Stretch since = catchUp(writing, joined, keys);
        double caughtUp = secondsSince(start);
        Usage after = sent(sites);
        joined.awaitTotal((long) keys + writing.written()).join();
        Stretch during = snapshot.and(since);
        double perWrite = (double) atJoin.since(atFirst).wireBytes() / before.writes();
        // Of what follows the view that the new node was given each write is sent to it, too.
        double wire = after.since(atJoin).wireBytes() - perWrite * during.writes();
        into.add(Figure.of("join.seconds." + keys, "from start to ready, " + by, "s"), ready);
        into.add(Figure.of("join.caught-up." + keys, "from start to caught up, " + by, "s"), caughtUp);
        into.add(Figure.of("join.wire." + keys, "sent for it, " + by, "MiB"), wire / MEBIBYTE);
        into.add(Figure.of("join.before." + keys, "source before, " + by, "writes/s"), before.perSecond());
        into.add(Figure.of("join.snapshot." + keys, "source until ready, " + by, "writes/s"), snapshot.perSecond());
        into.add(Figure.of("join.since." + keys, "source then, " + by, "writes/s"), since.perSecond());
        into.add(
                Figure.of("join.left." + keys, "meanwhile of before, " + by, "of 1")
                        .atLeast(LEAST_RATE_LEFT),
                during.perSecond() / before.perSecond());
        heap(into, "join.heap.source.before." + keys, "source's heap before, " + by, heapBefore);
        heap(into, "join.heap.source." + keys, "source's heap at most, " + by, writing.largestHeap());
        heap(
                into,
                "join.heap.joined." + keys,
                "new node's heap at most, " + by,
                joined.largestHeap().join());
    }

    /** Writes until the new node has within a second what it did not have when the second began. */
    private static Stretch catchUp(Writing writing, ProcessSite joined, int keys) {
        Stretch all = Stretch.NONE;
        double lag = Double.MAX_VALUE;
        while (lag > CLOSE_SECONDS) {
            long asked = System.nanoTime();
            CompletableFuture<String> reached = joined.awaitTotal((long) keys + writing.written());
            CompletableFuture<Double> took = reached.thenApply(vectors -> secondsSince(asked));
            all = all.and(writing.until(took::isDone));
            lag = took.join();
        }
        return all;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_A_SECOND;
    }

    private static void heap(Measurements into, String id, String label, long bytes) {
        into.add(Figure.of(id, label, "MiB"), bytes / MEBIBYTE);
    }

    private static Usage sent(GrowingSites sites) {
        return new Usage(
                Spent.soFar(),
                sites.source().usage().join().wireBytes()
                        + sites.other().usage().join().wireBytes());
    }
}
