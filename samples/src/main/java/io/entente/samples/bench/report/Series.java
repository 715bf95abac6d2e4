package io.entente.samples.bench.report;

import java.util.List;

/**
 * The values of one figure.
 *
 * @param figure what was measured
 * @param values one a run, at least one, in the order of the runs
 */
public record Series(Figure figure, List<Double> values) {

    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("the figure " + figure.id() + " has no values");
        }
    }

    /** The value in the middle; of an even number the mean of the two there. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The least value. */
    public double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The greatest value. */
    public double greatest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Whether the median keeps to the figure's bound; true where there is none. */
    public boolean keepsItsBound() {
        return figure.bound().map(bound -> bound.isKeptBy(median())).orElse(true);
    }
}
