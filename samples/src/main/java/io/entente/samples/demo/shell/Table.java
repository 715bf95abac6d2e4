package io.entente.samples.demo.shell;

import java.util.ArrayList;
import java.util.List;

/** A table with aligned columns. */
final class Table {

    private final ShellContext context;
    private final List<List<String>> rows = new ArrayList<>();

    Table(ShellContext context, String... heads) {
        this.context = context;
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            String line = line(rows.get(row), widths);
            context.out().println(row == 0 ? context.ansi().string("@|bold " + line + "|@") : line);
        }
        context.out().flush();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
