package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.Replicate;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samples/bench replicate}. */
@Command(
        name = "replicate",
        description =
                "%nThroughput: three data centers write at once, until all have all; and what a write costs the processor.%n")
final class ReplicateCommand extends BenchmarkCommand {

    @Option(names = "--processes", description = "Measure one process a data center, too, beside all in this one.")
    private boolean processes;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new Replicate(load.workload(), load.terms(), processes));
    }
}
