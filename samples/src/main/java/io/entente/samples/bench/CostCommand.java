package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.CostByIncarnations;
import io.entente.samples.bench.measure.CostByKeys;
import io.entente.samples.bench.measure.CostOfAWrite;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.terminal.CountOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samples/bench cost}. */
@Command(
        name = "cost",
        description =
                "%nWhat a write costs: processor, allocation, heap, network; and whether more keys or more restarts make it "
                        + "dearer.%n")
final class CostCommand extends BenchmarkCommand {

    static final List<Integer> KEYS = List.of(10_000, 100_000, 1_000_000);
    static final List<Integer> INCARNATIONS = List.of(1, 100, 1_000);

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--key-counts",
            paramLabel = "N,...",
            split = ",",
            converter = CountOption.class,
            description =
                    "At which numbers of keys to measure; compared with the first (default: 10000,100000,1000000).")
    private List<Integer> keys = KEYS;

    @Option(
            names = "--incarnations",
            paramLabel = "N,...",
            split = ",",
            converter = CountOption.class,
            description = "At which numbers of incarnations; compared with the first (default: 1,100,1000).")
    private List<Integer> incarnations = INCARNATIONS;

    @Override
    protected List<Benchmark> benchmarks() {
        return all(load, keys, incarnations);
    }

    static List<Benchmark> all(LoadOptions load, List<Integer> keys, List<Integer> incarnations) {
        Terms terms = load.terms();
        return List.of(
                new CostOfAWrite(load.workload(), terms),
                new CostByKeys(load.workload(), terms, keys),
                new CostByIncarnations(load.workload(), terms.withPartitions(1), incarnations));
    }
}
