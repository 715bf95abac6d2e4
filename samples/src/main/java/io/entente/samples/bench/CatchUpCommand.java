package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.CatchUp;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code samples/bench catch-up}. */
@Command(
        name = "catch-up",
        description =
                "%nCatching up: a node is stopped, the others write, it is started: entries a second until it is equal.%n")
final class CatchUpCommand extends BenchmarkCommand {

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new CatchUp(load.workload(), load.terms()));
    }
}
