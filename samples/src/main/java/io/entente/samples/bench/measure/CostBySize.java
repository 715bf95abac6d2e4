package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.ClosedLoop;
import io.entente.samples.bench.load.Lull;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.LocalSite;
import io.entente.samples.bench.site.SetOfElements;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.bench.site.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Whether adding an element to a set costs more where the set is larger.
 *
 * @param workload how many additions there are
 * @param terms what all sites share
 * @param sizes how many elements the set has, the smallest number first
 */
public record CostBySize(Workload workload, Terms terms, List<Integer> sizes) implements Benchmark {

    public CostBySize {
        Replicate.requireTwo(workload);
        sizes = List.copyOf(sizes);
    }

    @Override
    public String name() {
        return "mergeable";
    }

    @Override
    public String how() {
        return String.format(
                Locale.ROOT,
                "three data centers, one process; one set, %s; each data center makes %,d additions of elements that the set has "
                        + "already, so that it keeps its size; half of them warm up; beside it as many puts to a map of as many keys, since more rows "
                        + "cost any store more. Store and log: bytes that one addition puts, "
                        + "counted at a replica alone; raw: the bytes of the set as one value, which a register would log and send",
                terms.durability(),
                workload.writes());
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Scaling puts = new Scaling("mergeable.put", "a put", "keys", false);
        Scaling scaling = new Scaling("mergeable.add", "an addition", "elements", true);
        for (int size : sizes) {
            puts.add(into, size, put(directory.resolve("puts-" + size), workload.withKeys(size)));
            String at = String.format(Locale.ROOT, "%,d elements", size);
            try (Sites<LocalSite> sites =
                    Sites.inOneProcess(directory.resolve("sites-" + size), terms.withPartitions(1), workload)) {
                Usage used = additions(sites, size);
                long writes = Replicate.measured(sites, workload);
                scaling.add(into, size, used.spent().cpuMicros(writes));
                into.add(
                        Figure.of("mergeable.add." + size + ".wire", "an addition, " + at, "wire B/write"),
                        (double) used.wireBytes() / writes);
            }
            BytesOfAnAdd.Cost cost = BytesOfAnAdd.at(size);
            into.add(Figure.of("mergeable.add." + size + ".store", "an addition, " + at, "store B/write"), (double)
                    cost.store());
            into.add(Figure.of("mergeable.add." + size + ".log", "an addition, " + at, "log B/write"), (double)
                    cost.log());
            into.add(
                    Figure.of("mergeable.raw." + size + ".log", "the set as one value, " + at, "log B/write"),
                    (double) size * (SetOfElements.name(0).length() + 3));
        }
    }

    /** The same number of rows, but as records of a map. */
    private double put(Path directory, Workload spread) {
        try (Sites<LocalSite> sites = Sites.inOneProcess(directory, terms.withPartitions(1), spread)) {
            sites.fill(spread.keys());
            sites.awaitAll(spread.keys());
            Lull.await(() -> sites.usage().spent());
            return Replicate.replicated(sites, spread, spread.keys()).cpuMicros(Replicate.measured(sites, spread));
        }
    }

    private Usage additions(Sites<LocalSite> sites, int size) {
        LocalSite first = sites.all().get(0);
        ClosedLoop.run(first.additions(size), 0, size, workload.window());
        sites.awaitAll(size);
        Lull.await(() -> sites.usage().spent());
        int half = workload.writes() / 2;
        add(sites, size, 0, half);
        sites.awaitAll(size + (long) sites.count() * half);
        Usage before = sites.usage();
        add(sites, size, half, workload.writes());
        sites.awaitAll(size + (long) sites.count() * workload.writes());
        return sites.usage().since(before);
    }

    private void add(Sites<LocalSite> sites, int size, int from, int to) {
        List<CompletableFuture<Void>> loops = sites.all().stream()
                .map(site -> CompletableFuture.runAsync(
                        () -> ClosedLoop.run(site.additions(size), from, to, workload.window())))
                .toList();
        loops.forEach(CompletableFuture::join);
    }
}
