package io.entente.samples.bench;

import io.entente.core.store.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks' command line. */
@Command(
        name = "samples/bench",
        mixinStandardHelpOptions = true,
        description =
                "Entente's benchmarks. Figures are medians, with their spread, beside a raw limit measured in the same run.",
        synopsisSubcommandLabel = "COMMAND")
public final class BenchMain implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    /** Runs a benchmark and ends the process with 0, or 1 when it failed, or 2 for misuse. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("entente: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a benchmark: replicate");
    }

    @Command(
            name = "replicate",
            mixinStandardHelpOptions = true,
            description = "Three data centers in one process write at once, until all have all.")
    void replicate(
            @Option(names = "--runs", defaultValue = "5", description = "measured runs (default: 5)") int runs,
            @Option(names = "--writes", defaultValue = "200000", description = "writes a data center (default: 200000)")
                    int writes,
            @Option(names = "--keys", defaultValue = "100000", description = "keys (default: 100000)") int keys,
            @Option(names = "--value-bytes", defaultValue = "100", description = "a value's size (default: 100)")
                    int valueBytes,
            @Option(
                            names = "--window",
                            defaultValue = "1024",
                            description = "writes under way at once a data center (default: 1024)")
                    int window,
            @Option(
                            names = "--durability",
                            defaultValue = "FSYNC",
                            description = "FSYNC, OS or MEMORY (default: FSYNC)")
                    Durability durability,
            @Option(names = "--json", description = "write the figures to this file") Optional<Path> json) {
        PrintWriter out = spec.commandLine().getOut();
        Workload workload = new Workload(writes, keys, valueBytes, window);
        List<Speed> raw = new ArrayList<>();
        List<Speed> replicated = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            Speed limit = inFreshDirectory(directory -> RawRocks.measure(directory, workload));
            Speed speed = inFreshDirectory(directory -> Replicate.measure(directory, workload, durability));
            raw.add(limit);
            replicated.add(speed);
            out.printf(
                    Locale.ROOT,
                    "run %d of %d: raw %.0f/s, replicated %.0f/s, ratio %.2f, CPU a write %.1f and %.1f us%n",
                    run,
                    runs,
                    limit.perSecond(),
                    speed.perSecond(),
                    speed.perSecond() / limit.perSecond(),
                    limit.cpuMicros(),
                    speed.cpuMicros());
            out.flush();
        }
        List<Figures> figures = figures(raw, replicated);
        figures.forEach(figure -> out.println(figure.line()));
        out.flush();
        json.ifPresent(file -> write(file, figures));
    }

    private static List<Figures> figures(List<Speed> raw, List<Speed> replicated) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            ratios.add(replicated.get(i).perSecond() / raw.get(i).perSecond());
        }
        return List.of(
                new Figures("raw RocksDB, synced batches of 256", "writes/s", each(raw, Speed::perSecond)),
                new Figures("raw RocksDB, processor time", "us/write", each(raw, Speed::cpuMicros)),
                new Figures("replicated to three data centers", "writes/s", each(replicated, Speed::perSecond)),
                new Figures("replicated, processor time", "us/write", each(replicated, Speed::cpuMicros)),
                new Figures("replicated to raw", "ratio", ratios));
    }

    private static List<Double> each(List<Speed> speeds, Function<Speed, Double> figure) {
        return speeds.stream().map(figure).toList();
    }

    private static Speed inFreshDirectory(Function<Path, Speed> measurement) {
        try {
            Path directory = Files.createTempDirectory("entente-bench");
            try {
                return measurement.apply(directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void write(Path file, List<Figures> figures) {
        String body = figures.stream().map(Figures::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
        try {
            Files.writeString(file, body);
        } catch (IOException e) {
            throw new UncheckedIOException("the figures could not be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
