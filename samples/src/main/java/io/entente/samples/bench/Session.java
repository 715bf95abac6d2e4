package io.entente.samples.bench;

import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.report.Json;
import io.entente.samples.bench.report.Machine;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.report.Report;
import io.entente.samples.bench.report.SvgChart;
import io.entente.samples.bench.report.Table;
import io.entente.samples.terminal.ExitCode;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.Logging;
import io.entente.samples.terminal.MisuseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Runs benchmarks one after the other, tells each run as it ends, and a benchmark's figures after its last one. */
final class Session {

    private final OutputOptions options;
    private final PrintWriter out;
    private final Table table;

    Session(OutputOptions options, PrintWriter out, boolean isTerminal) {
        this.options = options;
        this.out = out;
        this.table = isTerminal ? Table.coloured(Session::colour) : Table.plain();
    }

    int run(List<Benchmark> benchmarks) {
        requireWritable();
        Path directory = freshDirectory();
        try {
            Logging.toFile(directory.resolve("bench.log"));
            Machine machine = Machine.describe(directory);
            machine.lines().forEach(this::say);
            List<Report> reports = new ArrayList<>();
            for (Benchmark benchmark : benchmarks) {
                Report report = run(benchmark, directory);
                reports.add(report);
                // After each: what was measured is not lost with a later one that fails.
                table.lines(report).forEach(this::say);
                options.json().ifPresent(file -> write(file, Json.of(machine, reports)));
                options.chart().ifPresent(file -> write(file, SvgChart.of(reports)));
            }
        } finally {
            delete(directory);
        }
        return ExitCode.OK;
    }

    private Report run(Benchmark benchmark, Path directory) {
        Measurements measurements = new Measurements();
        for (int run = 1; run <= options.runs(); run++) {
            Path own = directory.resolve(benchmark.name() + "-" + run);
            try {
                Files.createDirectory(own);
            } catch (IOException e) {
                throw new FailureException("the directory " + own + " can't be made: " + e.getMessage(), e);
            }
            benchmark.measure(own, measurements);
            delete(own);
            say(benchmark.name() + ", run " + run + " of " + options.runs() + ": "
                    + String.join(", ", measurements.lastRun()));
        }
        return new Report(benchmark.name(), benchmark.how(), measurements.series());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private static String colour(String text, boolean kept) {
        return Ansi.ON.string(kept ? "@|green " + text + "|@" : "@|yellow " + text + "|@");
    }

    /** Hours of measuring must not end with a file that can't be written. */
    private void requireWritable() {
        Stream.of(options.json(), options.chart()).flatMap(Optional::stream).forEach(file -> {
            Path parent = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
                throw new MisuseException(file + " can't be written: name a file in a directory that exists");
            }
        });
    }

    private Path freshDirectory() {
        if (!Files.isDirectory(options.directory())) {
            throw new MisuseException("--directory " + options.directory() + ": there is no such directory");
        }
        try {
            return Files.createTempDirectory(options.directory(), "entente-bench-");
        } catch (IOException e) {
            throw new FailureException(
                    "no directory can be made in --directory " + options.directory() + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new FailureException("the figures can't be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new FailureException("the directory " + directory + " can't be deleted: " + e.getMessage(), e);
        }
    }
}
