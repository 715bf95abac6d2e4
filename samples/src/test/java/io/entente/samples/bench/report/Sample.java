package io.entente.samples.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Made-up figures. */
final class Sample {

    static final Machine MACHINE = new Machine(
            Instant.parse("2026-11-21T00:00:00Z"),
            "0.1.0",
            Optional.of("abc1234"),
            2,
            8_192,
            0.25,
            "JVM 17",
            "Linux",
            new Disk("ext4", 0.15, 4.5));

    static final Report REPORT = new Report(
            "replicate",
            "three data centers; half warms up",
            List.of(
                    new Series(
                            Figure.of("replicate.raw.throughput", "raw <RocksDB>", "writes/s"),
                            List.of(90_000.0, 80_000.0, 100_000.0)),
                    new Series(
                            Figure.of("replicate.one.throughput", "replicated", "writes/s"),
                            List.of(45_000.0, 30_000.0, 50_000.0)),
                    new Series(
                            Figure.of("replicate.one.ratio", "to raw", "ratio").atLeast(0.6), List.of(0.5, 0.375, 0.5)),
                    new Series(Figure.of("heap", "heap a node", "MiB").atMost(256), List.of(100.0))));

    private Sample() {}
}
