package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Lull;
import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a write costs more where there are more keys.
 *
 * @param workload what is written, but for the keys
 * @param terms what all sites share
 * @param counts how many keys, the smallest number first
 */
public record CostByKeys(Workload workload, Terms terms, List<Integer> counts) implements Benchmark {

    public CostByKeys {
        Replicate.requireTwo(workload);
        counts = List.copyOf(counts);
    }

    @Override
    public String name() {
        return "cost-keys";
    }

    @Override
    public String how() {
        return "as cost, processor time alone: all keys are written and the stores have merged their files, then "
                + workload.withKeys(counts.get(0)).text()
                + " and so on; half of the writes warm up. Raw: one RocksDB that holds all keys, likewise";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Scaling raw = new Scaling("cost-keys.raw", "raw RocksDB", "keys", false);
        Scaling replicated = new Scaling("cost-keys.replicated", "replicated", "keys", true);
        for (int keys : counts) {
            Workload spread = workload.withKeys(keys);
            raw.add(into, keys, raw(directory.resolve("raw-" + keys), spread));
            try (var sites = Sites.inThreeProcesses(directory.resolve("sites-" + keys), terms, spread)) {
                sites.fill(keys);
                sites.awaitAll(keys);
                Lull.await(() -> sites.usage().spent());
                Spent spent = Replicate.replicated(sites, spread, keys);
                replicated.add(into, keys, spent.cpuMicros(Replicate.measured(sites, spread)));
            }
        }
    }

    private static double raw(Path directory, Workload spread) {
        try (RawStore store = RawStore.open(directory, spread)) {
            store.fill();
            Lull.await(Spent::soFar);
            int half = spread.writes() / 2;
            store.write(0, half, RawStore.BATCH);
            Spent before = Spent.soFar();
            store.write(half, spread.writes(), RawStore.BATCH);
            return Spent.soFar().since(before).cpuMicros(spread.writes() - half);
        }
    }
}
