package io.entente.samples.bench.measure;

import io.entente.samples.bench.load.Latencies;
import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import java.util.Locale;

/** How latencies are told: by some of their percentiles, in milliseconds. */
final class Percentiles {

    private Percentiles() {}

    /**
     * Adds one figure a percentile, as {@code put.async.p99.9}.
     *
     * @throws IllegalStateException when nothing was recorded
     */
    static void add(Measurements into, String id, String label, Latencies latencies, double... percentiles) {
        if (latencies.count() == 0) {
            throw new IllegalStateException("no latencies were recorded for " + id + ": measure for longer");
        }
        for (double percentile : percentiles) {
            String name = percentile == Math.rint(percentile)
                    ? String.format(Locale.ROOT, "p%.0f", percentile)
                    : String.format(Locale.ROOT, "p%.1f", percentile);
            into.add(Figure.of(id + "." + name, label + " " + name, "ms"), latencies.millis(percentile));
        }
    }
}
