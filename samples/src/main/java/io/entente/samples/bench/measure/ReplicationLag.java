package io.entente.samples.bench.measure;

import io.entente.conflict.version.Dot;
import io.entente.samples.bench.load.Latencies;
import io.entente.samples.bench.load.Pace;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.LocalSite;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How long after a write was due the other data centers show it.
 *
 * <p>Of every tenth write that is asked there: by a read in a session that has seen the write, which is answered once the replica shows it. The
 * session is known when the write is acknowledged; where another data center shows a write earlier than that, the
 * acknowledgement is what is measured.
 *
 * @param workload which keys and values; the pace says how many
 * @param terms what all sites share
 * @param pace the rate at each data center
 */
public record ReplicationLag(Workload workload, Terms terms, Pace pace) implements Benchmark {

    private static final int SAMPLED = 10;

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public String how() {
        return "puts at " + pace.text() + " at each of three data centers in one process (" + terms.durability()
                + "); of every " + SAMPLED
                + "th the time from when it was due until each other data center answers a read with it. "
                + "Raw: synced here, sent over loopback TCP, synced there, one after the other";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Latencies raw = RawLag.measure(directory, workload, pace.seconds());
        Percentiles.add(into, "lag.raw", "raw RocksDB and TCP", raw, 50, 99);
        try (var sites = Sites.inOneProcess(directory.resolve("sites"), terms, workload)) {
            Latencies lags = new Latencies();
            List<Integer> numbers = List.of(0, 1, 2);
            Together.run(numbers, site -> run(sites.all(), site, lags));
            Percentiles.add(into, "lag.replicated", "replicated", lags, 50, 99);
        }
    }

    private void run(List<LocalSite> sites, int writer, Latencies lags) {
        List<LocalSite> others =
                sites.stream().filter(site -> site != sites.get(writer)).toList();
        pace.run((number, due) -> {
            CompletionStage<Dot> written = sites.get(writer).put(number);
            if (number % SAMPLED != 0) {
                return written;
            }
            Runnable shown = () -> {
                if (!pace.isWarmUp(number)) {
                    lags.record(System.nanoTime() - due);
                }
            };
            return written.thenCompose(dot -> CompletableFuture.allOf(others.stream()
                    .map(other -> other.readOnceApplied(writer, number, dot).thenRun(shown))
                    .map(CompletionStage::toCompletableFuture)
                    .toArray(CompletableFuture[]::new)));
        });
    }
}
