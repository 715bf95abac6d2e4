package io.entente.samples.bench;

import io.entente.samples.bench.load.Workload;
import io.entente.samples.terminal.CountOption;
import picocli.CommandLine.Option;

/** What is written, and how many times. */
final class LoadOptions extends ContentOptions {

    @Option(
            names = "--writes",
            paramLabel = "N",
            defaultValue = "200000",
            converter = CountOption.class,
            description = "Requests of each data center (default: ${DEFAULT-VALUE}).")
    private int writes = 200_000;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "1024",
            converter = CountOption.class,
            description = "Requests of a data center under way at once (default: ${DEFAULT-VALUE}).")
    private int window = 1_024;

    Workload workload() {
        return workload(writes, window);
    }
}
