package io.entente.samples.bench.report;

import java.util.Locale;

/**
 * What a figure's median is meant to keep to. A bound that is missed is shown, and fails nothing: what a machine can do is not for a
 * benchmark to decide.
 *
 * @param limit in the figure's unit
 * @param isLeast whether the median is to be at least that, rather than at most
 */
public record Bound(double limit, boolean isLeast) {

    /** Whether a median keeps to it. */
    public boolean isKeptBy(double median) {
        return isLeast ? median >= limit : median <= limit;
    }

    /** As {@code at least 0.6}. */
    public String text() {
        String number = limit == Math.rint(limit)
                ? String.format(Locale.ROOT, "%.0f", limit)
                : String.format(Locale.ROOT, "%.2f", limit);
        return (isLeast ? "at least " : "at most ") + number;
    }
}
