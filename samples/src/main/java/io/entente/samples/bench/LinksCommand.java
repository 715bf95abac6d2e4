package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.Links;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.terminal.CountOption;
import io.entente.samples.terminal.MisuseException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samples/bench links}. */
@Command(name = "links", description = "%nReplicated throughput over links with a delay, compared with none.%n")
final class LinksCommand extends BenchmarkCommand {

    /** Beyond it is no link on this planet. */
    private static final int LONGEST_MILLIS = 1_000;

    static final List<Integer> DELAYS = List.of(0, 40, 100);

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(
            names = "--delays",
            paramLabel = "MS,...",
            split = ",",
            description = "One-way delays in milliseconds; the others are compared with the first (default: 0,40,100).")
    private List<Integer> delays = DELAYS;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            converter = CountOption.class,
            description = "Partitions, of which each has a credit window of its own (default: ${DEFAULT-VALUE}).")
    private int partitions = Terms.PARTITIONS;

    @Override
    protected List<Benchmark> benchmarks() {
        for (int delay : delays) {
            if (delay < 0 || delay > LONGEST_MILLIS) {
                throw new MisuseException("--delays " + delay + ": give 0 to " + LONGEST_MILLIS + " milliseconds");
            }
        }
        return List.of(new Links(load.workload(), load.terms().withPartitions(partitions), delays));
    }
}
