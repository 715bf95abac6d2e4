package io.entente.samples.bench;

import io.entente.samples.bench.jmh.VectorBenchmark;
import io.entente.samples.terminal.CountOption;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.MisuseException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samples/bench jmh}. */
@Command(
        name = "jmh",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "%nMicrobenchmarks: version vectors, siblings, codecs, a replica in and out of its cache.%n")
final class JmhCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Run those whose Class.method contains this regular expression, as Vector or Codec.*decode "
                    + "(default: all).")
    private String pattern = "";

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            converter = CountOption.class,
            description = "JVMs that measure one after the other (default: ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(
            names = "--milliseconds",
            paramLabel = "N",
            defaultValue = "500",
            converter = CountOption.class,
            description =
                    "The length of an iteration; each JVM makes 3 to warm up and 3 that count (default: ${DEFAULT-VALUE}).")
    private int milliseconds = 500;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results to this file, as JMH's JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    @Override
    public Integer call() {
        TimeValue length = TimeValue.milliseconds(milliseconds);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Pattern.quote(VectorBenchmark.class.getPackageName()) + ".*" + checked())
                .forks(runs)
                .warmupIterations(3)
                .warmupTime(length)
                .measurementIterations(3)
                .measurementTime(length)
                .shouldFailOnError(true);
        json.ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file.toString()));
        try {
            new Runner(options.build()).run();
            return ExitCode.OK;
        } catch (NoBenchmarksException none) {
            throw new MisuseException("no microbenchmark is named like '" + pattern + "': see samples/README.md", none);
        } catch (RunnerException failed) {
            throw new FailureException("a microbenchmark failed: " + failed.getMessage(), failed);
        }
    }

    private String checked() {
        try {
            return Pattern.compile(pattern).pattern();
        } catch (PatternSyntaxException malformed) {
            throw new MisuseException(
                    "'" + pattern + "' is no regular expression: " + malformed.getDescription(), malformed);
        }
    }
}
