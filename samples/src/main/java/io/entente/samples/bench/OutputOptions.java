package io.entente.samples.bench;

import io.entente.samples.terminal.CountOption;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How often to measure, where, and what becomes of the figures: the options of every benchmark. */
final class OutputOptions {

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            converter = CountOption.class,
            description = "Measured runs, of which the median is told (default: ${DEFAULT-VALUE}).")
    private int runs = 5;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file, too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw them as SVG into this file.")
    private Optional<Path> chart = Optional.empty();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where to make the data, which is deleted afterwards: on the disk to be measured "
                    + "(default: the system's temporary directory).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--help", usageHelp = true, description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it
    private boolean help;

    int runs() {
        return runs;
    }

    Optional<Path> json() {
        return json;
    }

    Optional<Path> chart() {
        return chart;
    }

    Path directory() {
        return directory;
    }
}
