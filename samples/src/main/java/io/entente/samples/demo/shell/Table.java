package io.entente.samples.demo.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A table with aligned columns. */
final class Table {

    /** The columns whose cells are numbers where they can be; digits elsewhere are a name's, and keep their zeros. */
    private static final Set<String> COUNTS = Set.of("writes", "lacks");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

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
            String line = line(context, rows.get(row), widths);
            context.out().println(row == 0 ? context.ansi().string("@|bold " + line + "|@") : line);
        }
        context.out().flush();
    }

    /** The rows as objects; their members are called as the columns are. */
    ArrayNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (List<String> row : rows.subList(1, rows.size())) {
            ObjectNode one = all.addObject();
            for (int column = 0; column < row.size(); column++) {
                put(one, rows.get(0).get(column), Mark.without(row.get(column)));
            }
        }
        return all;
    }

    private static void put(ObjectNode target, String head, String cell) {
        if (COUNTS.contains(head) && NUMBER.matcher(cell).matches()) {
            target.put(member(head), Long.parseLong(cell));
        } else {
            target.put(member(head), cell);
        }
    }

    /** {@code data center} is {@code dataCenter}. */
    private static String member(String head) {
        String[] words = head.split(" ", -1);
        StringBuilder member = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            member.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return member.toString();
    }

    private static String line(ShellContext context, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(Mark.coloured(context, cell)).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
