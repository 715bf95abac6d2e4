package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.Reads;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code samples/bench reads}. */
@Command(
        name = "reads",
        description =
                "%nGets: how many a second (ten times --writes), and their latency at a fixed rate: p50, p99, p99.9.%n")
final class ReadsCommand extends BenchmarkCommand {

    static final int RATE = 5_000;

    /** Gets are so much cheaper than writes that as many would be over before there is something to measure. */
    static final int GETS_PER_WRITE = 10;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private RateOptions rate = new RateOptions();

    @Override
    protected List<Benchmark> benchmarks() {
        return List.of(new Reads(load.workload().times(GETS_PER_WRITE), load.terms(), rate.pace(RATE)));
    }
}
