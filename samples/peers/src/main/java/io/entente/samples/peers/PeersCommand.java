package io.entente.samples.peers;

import io.entente.core.store.Durability;
import io.entente.samples.bench.BenchmarkCommand;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.measure.Benchmark;
import io.entente.samples.bench.measure.Replicate;
import io.entente.samples.bench.site.Terms;
import io.entente.samples.terminal.CountOption;
import io.entente.samples.terminal.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samples/bench peers}. */
@Command(
        name = "bench peers",
        description =
                "%nThe workload of 'replicate' on other systems, three sites in one process, beside Entente and raw RocksDB.%n")
public final class PeersCommand extends BenchmarkCommand {

    @Parameters(
            paramLabel = "PEER",
            description = "infinispan, infinispan-file, akka-ddata or akka-ddata-lmdb (default: all).")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--writes",
            paramLabel = "N",
            defaultValue = "20000",
            converter = CountOption.class,
            description = "Writes of each site (default: ${DEFAULT-VALUE}).")
    private int writes = 20_000;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "1000",
            converter = CountOption.class,
            description =
                    "Keys they are spread over; with many, Akka Distributed Data takes very long (default: ${DEFAULT-VALUE}).")
    private int keys = 1_000;

    @Option(
            names = "--value-bytes",
            paramLabel = "N",
            defaultValue = "100",
            converter = CountOption.class,
            description = "A value's size (default: ${DEFAULT-VALUE}).")
    private int valueBytes = 100;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "1024",
            converter = CountOption.class,
            description = "Writes of a site under way at once (default: ${DEFAULT-VALUE}).")
    private int window = 1_024;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            converter = CountOption.class,
            description = "How long sites may take to come to equal values (default: ${DEFAULT-VALUE}).")
    private int patience = 300;

    /** Runs the comparison and ends the process with 0, or 1 when it failed, or 2 for misuse. */
    public static void main(String[] arguments) {
        System.exit(Program.run(new PeersCommand(), arguments));
    }

    @Override
    protected List<Benchmark> benchmarks() {
        Workload workload = new Workload(writes, keys, valueBytes, window);
        List<PeerKind> kinds = peers.isEmpty()
                ? List.of(PeerKind.values())
                : peers.stream().map(PeersCommand::kind).toList();
        List<Benchmark> benchmarks = new ArrayList<>();
        benchmarks.add(new Replicate(workload, Terms.of(Durability.FSYNC), false));
        for (PeerKind kind : kinds) {
            benchmarks.add(new PeerReplicate(kind, workload, Duration.ofSeconds(patience)));
        }
        return benchmarks;
    }

    private static PeerKind kind(String id) {
        return Arrays.stream(PeerKind.values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + id + "' is no peer: name one of " + Arrays.toString(PeerKind.values())));
    }
}
