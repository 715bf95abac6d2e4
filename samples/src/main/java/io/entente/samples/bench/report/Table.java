package io.entente.samples.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reports as aligned text, a line a figure: label, median, unit, spread, bound. */
public final class Table {

    private static final int BOUND = 4;

    /** Given a cell's text and whether it is good news; gives it with colours or as it is. */
    private final BiFunction<String, Boolean, String> colour;

    private Table(BiFunction<String, Boolean, String> colour) {
        this.colour = colour;
    }

    /** A table whose bounds are shown as {@code colour} has it; it is given the text and whether the bound is kept. */
    public static Table coloured(BiFunction<String, Boolean, String> colour) {
        return new Table(colour);
    }

    /** A table without colours. */
    public static Table plain() {
        return new Table((text, kept) -> text);
    }

    /** The lines of a report, its heading first. */
    public List<String> lines(Report report) {
        List<List<String>> rows = report.series().stream().map(Table::cells).toList();
        int[] widths = new int[BOUND];
        for (List<String> row : rows) {
            for (int i = 0; i < BOUND; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(report.benchmark() + ": " + report.how());
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), widths, report.series().get(i).keepsItsBound()));
        }
        return lines;
    }

    private String line(List<String> row, int[] widths, boolean kept) {
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < BOUND; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 1 ? padding + row.get(i) : row.get(i) + padding).append("  ");
        }
        String bound = row.get(BOUND);
        return (bound.isEmpty() ? line.toString() : line + colour.apply(bound, kept)).stripTrailing();
    }

    private static List<String> cells(Series series) {
        Figure figure = series.figure();
        String spread = series.values().size() == 1
                ? "1 run"
                : Numbers.text(series.least()) + " to " + Numbers.text(series.greatest());
        Optional<String> bound =
                figure.bound().map(limit -> limit.text() + (series.keepsItsBound() ? ": kept" : ": missed"));
        return List.of(figure.label(), Numbers.text(series.median()), figure.unit(), spread, bound.orElse(""));
    }
}
