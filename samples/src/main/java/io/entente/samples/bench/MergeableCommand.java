package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.CostBySize;
import io.entente.samples.terminal.CountOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samples/bench mergeable}. */
@Command(
        name = "mergeable",
        description =
                "%nWhat adding one element to a set costs, however many it has: processor, store, log, network.%n")
final class MergeableCommand extends BenchmarkCommand {

    static final List<Integer> SIZES = List.of(10, 1_000, 100_000);

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--sizes",
            paramLabel = "N,...",
            split = ",",
            converter = CountOption.class,
            description = "How many elements the set has; compared with the first (default: 10,1000,100000).")
    private List<Integer> sizes = SIZES;

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new CostBySize(load.workload(), load.terms(), sizes));
    }
}
