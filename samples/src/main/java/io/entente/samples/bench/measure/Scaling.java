package io.entente.samples.bench.measure;

import io.entente.samples.bench.report.Figure;
import io.entente.samples.bench.report.Measurements;
import java.util.Locale;

/** The cost of a write at several sizes of something, and its ratio to that at the first. Confined to one run. */
final class Scaling {

    /** Flat means: within a quarter. */
    private static final double MOST_GROWTH = 1.25;

    private final String id;
    private final String label;
    private final String what;
    private final boolean isBounded;
    private double first;
    private int smallest;

    Scaling(String id, String label, String what, boolean isBounded) {
        this.id = id;
        this.label = label;
        this.what = what;
        this.isBounded = isBounded;
    }

    void add(Measurements into, int size, double cpuMicros) {
        String at = String.format(Locale.ROOT, "%s, %,d %s", label, size, what);
        into.add(Figure.of(id + "." + size + ".cpu", at, "us CPU/write"), cpuMicros);
        if (first == 0) {
            first = cpuMicros;
            smallest = size;
            return;
        }
        Figure ratio =
                Figure.of(id + "." + size + ".ratio", String.format(Locale.ROOT, "%s to %,d", at, smallest), "ratio");
        into.add(isBounded ? ratio.atMost(MOST_GROWTH) : ratio, cpuMicros / first);
    }
}
