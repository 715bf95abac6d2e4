package io.entente.samples.bench;

import java.util.List;
import java.util.Locale;

/**
 * Several measurements of one thing.
 *
 * @param name what was measured
 * @param unit in what
 * @param values the measurements, at least one
 */
record Figures(String name, String unit, List<Double> values) {

    Figures {
        values = values.stream().sorted().toList();
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double least() {
        return values.get(0);
    }

    double most() {
        return values.get(values.size() - 1);
    }

    String line() {
        String form = most() < 10 ? "%-34s %10.2f %-9s (%.2f to %.2f)" : "%-34s %10.0f %-9s (%.0f to %.0f)";
        return String.format(Locale.ROOT, form, name, median(), unit, least(), most());
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"unit\":\"%s\",\"median\":%.4f,\"min\":%.4f,\"max\":%.4f,\"runs\":%d}",
                name,
                unit,
                median(),
                least(),
                most(),
                values.size());
    }
}
