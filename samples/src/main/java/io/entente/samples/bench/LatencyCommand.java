package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.PutLatency;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code samples/bench latency}. */
@Command(
        name = "latency",
        description = "%nLatency of puts at a fixed rate, durable here and in two data centers: p50, p99, p99.9.%n")
final class LatencyCommand extends BenchmarkCommand {

    static final int RATE = 1_000;

    @Mixin
    private ContentOptions content = new ContentOptions();

    @Mixin
    private RateOptions rate = new RateOptions();

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new PutLatency(content.workload(1, 1), content.terms(), rate.pace(RATE)));
    }
}
