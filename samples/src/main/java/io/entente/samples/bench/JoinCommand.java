package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.Join;
import io.entente.samples.terminal.CountOption;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samples/bench join}. */
@Command(
        name = "join",
        description =
                "%nA new node joins a snapshot of many keys: how long it takes, what it costs its source, whose heap grows.%n")
final class JoinCommand extends BenchmarkCommand {

    static final List<Integer> COUNTS = List.of(100_000, 1_000_000);

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--counts",
            paramLabel = "N,...",
            split = ",",
            converter = CountOption.class,
            description = "How many keys there are (default: 100000,1000000).")
    private List<Integer> counts = COUNTS;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            converter = CountOption.class,
            description = "For how long writes are measured before the node comes (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new Join(load.workload(), load.terms(), counts, Duration.ofSeconds(seconds)));
    }
}
