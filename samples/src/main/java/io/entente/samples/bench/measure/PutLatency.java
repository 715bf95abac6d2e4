package io.entente.samples.bench.measure;

import io.entente.core.mode.WriteConcern;
import io.entente.samples.bench.load.Latencies;
import io.entente.samples.bench.load.Pace;
import io.entente.samples.bench.load.Workload;
import io.entente.samples.bench.report.Measurements;
import io.entente.samples.bench.site.LocalSite;
import io.entente.samples.bench.site.Sites;
import io.entente.samples.bench.site.Terms;
import java.nio.file.Path;

/**
 * How long a client waits for its write, at a rate the machine can bear.
 *
 * @param workload which keys and values; the pace says how many
 * @param terms what all sites share
 * @param pace the rate at each data center
 */
public record PutLatency(Workload workload, Terms terms, Pace pace) implements Benchmark {

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String how() {
        return "puts at " + pace.text()
                + " at each of three data centers in one process, counted from when each was due ("
                + terms.durability()
                + "); async: durable here; 2dc: in two data centers. Raw: a synced batch of two puts by one "
                + "writer, one after the other";
    }

    @Override
    public void measure(Path directory, Measurements into) {
        Latencies raw = RawLatency.ofPuts(directory.resolve("raw"), workload, pace.seconds());
        Percentiles.add(into, "put.raw", "raw RocksDB, one writer", raw, 50, 99, 99.9);
        try (var sites = Sites.inOneProcess(directory.resolve("sites"), terms, workload)) {
            add(into, sites, "async", WriteConcern.async());
            add(into, sites, "2dc", WriteConcern.dataCenters(2));
        }
    }

    private void add(Measurements into, Sites<LocalSite> sites, String name, WriteConcern concern) {
        Latencies latencies = new Latencies();
        Together.run(sites.all(), site -> pace.run(site.puts(concern), latencies));
        Percentiles.add(into, "put." + name, "put, " + name, latencies, 50, 99, 99.9);
    }
}
