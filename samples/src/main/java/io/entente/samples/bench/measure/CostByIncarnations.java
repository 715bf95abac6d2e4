package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Spent;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.PastLives;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a write costs more where nodes were restarted often: each restart is an origin in every vector.
 *
 * @param workload what is written
 * @param terms what all sites share
 * @param counts how many incarnations a vector names, the smallest number first; at least the three that write now
 */
public record CostByIncarnations(Workload workload, Terms terms, List<Integer> counts) implements Benchmark {

    private static final int LIVING = 3;

    public CostByIncarnations {
        Replicate.requireTwo(workload);
        counts = List.copyOf(counts);
    }

    @Override
    public String name() {
        return "cost-incarnations";
    }

    @Override
    public String how() {
        return "as cost, processor time alone, " + terms.partitions()
                + " partition(s): before the start one node has lived many times, with a write in each partition and life; then "
                + workload.text() + "; half of the writes warm up. There are at least " + LIVING
                + " incarnations, one a data center";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Scaling scaling = new Scaling("cost-incarnations.replicated", "replicated", "incarnations", true);
        for (int count : counts) {
            int past = Math.max(0, count - LIVING);
            Path own = directory.resolve("sites-" + count);
            PastLives.make(own, terms.partitions(), past);
            try (var sites = Sites.inThreeProcesses(own, terms, workload)) {
                long had = (long) past * terms.partitions();
                sites.awaitAll(had);
                Spent spent = Replicate.replicated(sites, workload, had);
                scaling.add(into, count, spent.cpuMicros(Replicate.measured(sites, workload)));
            }
        }
    }
}
