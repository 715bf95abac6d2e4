package io.entente.samples.bench.report;

import java.util.List;

/**
 * What a benchmark has found out.
 *
 * @param benchmark its name
 * @param how how it was measured, warm-up included
 * @param series in the order in which they are to be shown
 */
public record Report(String benchmark, String how, List<Series> series) {

    public Report {
        series = List.copyOf(series);
    }
}
