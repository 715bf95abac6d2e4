package io.entente.samples.bench;

import io.entente.samples.terminal.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks' command line. */
@Command(
        name = "bench",
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "BENCHMARK",
        description =
                "%nEntente's benchmarks. Figures are medians of several runs, told with their spread and beside a raw limit "
                        + "that was measured in the same run.%n",
        commandListHeading = "%nBenchmarks (each has --help):%n",
        subcommands = {
            ReplicateCommand.class,
            LatencyCommand.class,
            LagCommand.class,
            ReadsCommand.class,
            CatchUpCommand.class,
            JoinCommand.class,
            LinksCommand.class,
            CostCommand.class,
            MergeableCommand.class,
            HttpCommand.class,
            AllCommand.class,
            JmhCommand.class
        })
public final class BenchMain implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    /** Runs a benchmark and ends the process with 0, or 1 when it failed, or 2 for misuse. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new BenchMain(), arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a benchmark: " + String.join(", ", spec.subcommands().keySet()));
    }
}
