package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;
import java.util.List;

/**
 * Replicated throughput over links with a delay: as high as without, if credit windows are large enough for what is under way.
 *
 * @param workload what is written
 * @param terms what all sites share, but for the delay
 * @param delaysMillis one-way delays between data centers, the first one to compare the others with
 */
public record Links(Workload workload, Terms terms, List<Integer> delaysMillis) implements Benchmark {

    public Links {
        Replicate.requireTwo(workload);
        delaysMillis = List.copyOf(delaysMillis);
    }

    @Override
    public String name() {
        return "links";
    }

    @Override
    public String how() {
        return "as replicate in one process, " + workload.text() + ", " + terms.partitions() + " partitions, "
                + terms.durability()
                + ", with messages between data centers delayed one way; until all data centers have all, so "
                + "that the way of the last write counts. Half of the writes warm up. Raw: the first delay";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        double first = 0;
        for (int delay : delaysMillis) {
            double perSecond = measure(directory.resolve("delay-" + delay), delay);
            into.add(Figure.of("links." + delay + "ms.throughput", delay + " ms one way", "writes/s"), perSecond);
            if (first == 0) {
                first = perSecond;
            } else {
                String label = delay + " ms to " + delaysMillis.get(0) + " ms";
                into.add(Figure.of("links." + delay + "ms.ratio", label, "ratio"), perSecond / first);
            }
        }
    }

    private double measure(Path directory, int delay) {
        try (var sites = Sites.inOneProcess(directory, terms.withLatency(delay), workload)) {
            return Replicate.replicated(sites, workload).perSecond(Replicate.measured(sites, workload));
        }
    }
}
