package io.entente.samples.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the runs of one benchmark have measured so far, in the order in which the figures first came. Confined to one thread. */
public final class Measurements {

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Takes a run's value of a figure. */
    public void add(Figure figure, double value) {
        figures.putIfAbsent(figure.id(), figure);
        values.computeIfAbsent(figure.id(), id -> new ArrayList<>()).add(value);
    }

    /** All series. */
    public List<Series> series() {
        return figures.values().stream()
                .map(figure -> new Series(figure, values.getOrDefault(figure.id(), List.of())))
                .toList();
    }

    /** The last run's values, as {@code label value unit}. */
    public List<String> lastRun() {
        return series().stream()
                .map(series -> series.figure().label() + " "
                        + Numbers.text(series.values().get(series.values().size() - 1)) + " "
                        + series.figure().unit())
                .toList();
    }
}
