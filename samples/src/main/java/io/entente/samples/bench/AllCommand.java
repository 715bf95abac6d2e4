package io.entente.samples.bench;

import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.CatchUp;
import io.entente.samples.bench.measure.CostBySize;
import io.entente.samples.bench.measure.Links;
import io.entente.samples.bench.measure.PutLatency;
import io.entente.samples.bench.measure.Reads;
import io.entente.samples.bench.measure.Replicate;
import io.entente.samples.bench.measure.ReplicationLag;
import io.entente.samples.bench.site.Terms;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code samples/bench all}. */
@Command(
        name = "all",
        description =
                "%nEvery benchmark but http, jmh and peers, each with its own defaults for what is not given here.%n")
final class AllCommand extends BenchmarkCommand {

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private RateOptions rate = new RateOptions();

    @Override
    protected List<Benchmark> benchmarks() {
        Workload workload = load.workload();
        Terms terms = load.terms();
        List<Benchmark> all = new ArrayList<>(List.of(
                new Replicate(workload, terms, true),
                new PutLatency(workload, terms, rate.pace(LatencyCommand.RATE)),
                new ReplicationLag(workload, terms, rate.pace(LagCommand.RATE)),
                new Reads(workload.times(ReadsCommand.GETS_PER_WRITE), terms, rate.pace(ReadsCommand.RATE)),
                new CatchUp(workload, terms),
                new Links(workload, terms, LinksCommand.DELAYS)));
        all.add(new CostBySize(workload, terms, MergeableCommand.SIZES));
        all.addAll(CostCommand.all(load, CostCommand.KEYS, CostCommand.INCARNATIONS));
        return all;
    }
}
