package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.terminal.MisuseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs benchmarks; what it measures is its subclasses' business, {@code --runs}, {@code --json} and the like are its own. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
public abstract class BenchmarkCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** For subclasses. */
    protected BenchmarkCommand() {}

    /** The benchmarks that the options ask for; an {@link IllegalArgumentException} says what can't be right about them. */
    protected abstract List<Benchmark> benchmarks();

    @Override
    public final Integer call() {
        List<Benchmark> benchmarks;
        try {
            benchmarks = benchmarks();
        } catch (IllegalArgumentException misuse) {
            throw new MisuseException(String.valueOf(misuse.getMessage()), misuse);
        }
        return new Session(output, spec.commandLine().getOut(), Ansi.AUTO.enabled()).run(benchmarks);
    }
}
