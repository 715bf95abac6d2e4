package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.LocalSite;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A node is stopped, the others write, and it is started again.
 *
 * @param workload what is written: by each of the two others, while the third is away
 * @param terms what all sites share
 */
public record CatchUp(Workload workload, Terms terms) implements Benchmark {

    private static final long LOOK_NANOS = 1_000_000;

    public CatchUp {
        Replicate.requireTwo(workload);
    }

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public String how() {
        return "three data centers in one process write a tenth of " + workload.text()
                + "; one is stopped, the others write the rest; "
                + "it is started again (" + terms.durability()
                + "): from its first new entry until it is equal. The writing warms up. Raw: one thread copies as many entries from a "
                + "log in one RocksDB as log and record into another, in synced batches";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        int before = Math.max(1, workload.writes() / 10);
        int missing = 2 * (workload.writes() - before);
        Spent raw = RawCopy.measure(directory.resolve("raw"), workload, missing);
        into.add(Figure.of("catch-up.raw.throughput", "raw log scan and write", "entries/s"), raw.perSecond(missing));
        into.add(Figure.of("catch-up.raw.cpu", "raw log scan and write", "us CPU/entry"), raw.cpuMicros(missing));
        try (var sites = Sites.inOneProcess(directory.resolve("sites"), terms, workload)) {
            sites.write(0, before);
            sites.awaitAll(3L * before);
            LocalSite away = sites.all().get(2);
            away.stop();
            writeAtTheOthers(sites, before, 3L * before + missing);
            catchUp(into, away, 3L * before, missing);
            sites.awaitAll(3L * before + missing);
        }
    }

    private void writeAtTheOthers(Sites<LocalSite> sites, int from, long total) {
        List<LocalSite> others = sites.all().subList(0, 2);
        others.stream()
                .map(site -> site.write(from, workload.writes()))
                .toList()
                .forEach(CompletableFuture::join);
        others.forEach(site -> site.awaitTotal(total).join());
    }

    /** The time counts from the last look at which nothing new had come: a node may be equal at the next. */
    private static void catchUp(Measurements into, LocalSite away, long had, int missing) {
        Spent start = Spent.soFar();
        away.start();
        Spent nothingYet = Spent.soFar();
        while (away.total().join() <= had) {
            nothingYet = Spent.soFar();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        away.awaitTotal(had + missing).join();
        Spent caughtUp = Spent.soFar().since(nothingYet);
        double seconds = nothingYet.since(start).nanos() / 1e9;
        into.add(Figure.of("catch-up.replica.start", "from start to first entry", "s"), seconds);
        into.add(Figure.of("catch-up.replica.throughput", "replica", "entries/s"), caughtUp.perSecond(missing));
        into.add(Figure.of("catch-up.replica.cpu", "replica", "us CPU/entry"), caughtUp.cpuMicros(missing));
    }
}
