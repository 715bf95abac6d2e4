package io.entente.samples.bench;

import io.entente.samples.bench.load.Wrk;
import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.HttpLoad;
import io.entente.samples.terminal.CountOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samples/bench http}. */
@Command(
        name = "http",
        description =
                "%nRequests over HTTP to one node, by wrk (Debian: apt-get install wrk): gets, puts, and more than it takes.%n")
final class HttpCommand extends BenchmarkCommand {

    private static final int MOST_CONNECTIONS = 10_000;

    @Mixin
    private ContentOptions content = new ContentOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            converter = CountOption.class,
            description =
                    "For how long each load is measured; half as long again warms up (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            converter = CountOption.class,
            description = "Connections with one request at a time each (default: ${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(
            names = "--too-many",
            paramLabel = "N",
            defaultValue = "2000",
            converter = CountOption.class,
            description = "The same where more come than a node takes in, 1,024 requests (default: ${DEFAULT-VALUE}).")
    private int tooMany = 2_000;

    @Override
    protected List<Benchmark> benchmarks() {
        if (Math.max(connections, tooMany) > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("--connections and --too-many are at most " + MOST_CONNECTIONS);
        }
        return List.of(new HttpLoad(
                content.workload(1, 1),
                content.terms(),
                Wrk.found(),
                new HttpLoad.Load(seconds, connections, tooMany)));
    }
}
