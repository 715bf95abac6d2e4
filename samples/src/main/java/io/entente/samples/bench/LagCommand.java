package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.ReplicationLag;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code samples/bench lag}. */
@Command(
        name = "lag",
        description =
                "%nReplication lag at a fixed rate, from the write to its being visible in the other data centers: p50, p99.%n")
final class LagCommand extends BenchmarkCommand {

    static final int RATE = 2_000;

    @Mixin
    private ContentOptions content = new ContentOptions();

    @Mixin
    private RateOptions rate = new RateOptions();

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new ReplicationLag(content.workload(1, 1), content.terms(), rate.pace(RATE)));
    }
}
