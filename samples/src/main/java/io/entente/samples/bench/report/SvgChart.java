package io.entente.samples.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reports as one SVG picture: a panel for the figures of one benchmark and unit, in it a bar for each median with a whisker from the least to
 * the greatest value. A panel's axis begins at 0; panels have axes of their own.
 *
 * <p>Without background; its colours follow the reader's choice of light or dark, and stand out in both where that can't be asked for.
 */
public final class SvgChart {

    private static final int WIDTH = 860;
    private static final int LABEL_WIDTH = 330;
    private static final int NUMBER_WIDTH = 110;
    private static final int ROW = 24;
    private static final int BAR = 14;
    private static final int HEADING = 34;
    private static final int MARGIN = 12;

    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #57606a }
            .heading { font-weight: 600; font-size: 13px }
            .bar { fill: #4c8dd6 } .missed { fill: #cf7a30 }
            .whisker { stroke: #57606a; stroke-width: 1.5 } .axis { stroke: #8c959f; stroke-width: 1 }
            @media (prefers-color-scheme: dark) {
              text { fill: #c9d1d9 } .whisker { stroke: #c9d1d9 } .axis { stroke: #6e7681 }
            }
            """;

    private final StringBuilder body = new StringBuilder();
    private int y = MARGIN;

    private SvgChart() {}

    /** The picture. */
    public static String of(List<Report> reports) {
        SvgChart chart = new SvgChart();
        reports.forEach(chart::draw);
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <title>Medians with least and greatest value</title>
                <style>
                %s</style>
                %s</svg>
                """, WIDTH, chart.y + MARGIN, WIDTH, chart.y + MARGIN, STYLE, chart.body);
    }

    private void draw(Report report) {
        Map<String, List<Series>> byUnit = new LinkedHashMap<>();
        for (Series series : report.series()) {
            byUnit.computeIfAbsent(series.figure().unit(), unit -> new ArrayList<>())
                    .add(series);
        }
        byUnit.forEach((unit, panel) -> draw(report.benchmark() + ", " + unit, panel));
    }

    private void draw(String heading, List<Series> panel) {
        double greatest = panel.stream().mapToDouble(Series::greatest).max().orElse(0);
        double scale = greatest > 0 ? (WIDTH - LABEL_WIDTH - NUMBER_WIDTH) / greatest : 0;
        body.append("<text class=\"heading\" x=\"%d\" y=\"%d\">%s</text>\n"
                .formatted(MARGIN, y + HEADING / 2, escaped(heading)));
        y += HEADING;
        int top = y;
        for (Series series : panel) {
            drawRow(series, scale);
            y += ROW;
        }
        line("axis", LABEL_WIDTH, top - 4, LABEL_WIDTH, y);
    }

    private void drawRow(Series series, double scale) {
        int middle = y + ROW / 2;
        body.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                .formatted(LABEL_WIDTH - 8, middle + 4, escaped(series.figure().label())));
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                series.keepsItsBound() ? "bar" : "bar missed",
                LABEL_WIDTH,
                middle - BAR / 2,
                Math.max(0, series.median() * scale),
                BAR));
        double from = LABEL_WIDTH + series.least() * scale;
        double to = LABEL_WIDTH + series.greatest() * scale;
        if (series.values().size() > 1) {
            line("whisker", from, middle, to, middle);
            line("whisker", from, middle - 4, from, middle + 4);
            line("whisker", to, middle - 4, to, middle + 4);
        }
        double end = Math.max(to, LABEL_WIDTH + series.median() * scale);
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                end + 8,
                middle + 4,
                Numbers.text(series.median())));
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        body.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
