package io.entente.samples.bench;

import io.entente.core.store.Durability;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.terminal.CountOption;
import picocli.CommandLine.Option;

/** What is written, whatever the number of writes. */
class ContentOptions {

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "100000",
            converter = CountOption.class,
            description = "Keys they are spread over (default: ${DEFAULT-VALUE}).")
    private int keys = 100_000;

    @Option(
            names = "--value-bytes",
            paramLabel = "N",
            defaultValue = "100",
            converter = CountOption.class,
            description = "A value's size (default: ${DEFAULT-VALUE}).")
    private int valueBytes = 100;

    @Option(
            names = "--durability",
            defaultValue = "FSYNC",
            description = "fsync, os or memory (default: fsync). The raw limit is always synced.")
    private Durability durability = Durability.FSYNC;

    Workload workload(int writes, int window) {
        return new Workload(writes, keys, valueBytes, window);
    }

    Terms terms() {
        return Terms.of(durability);
    }
}
