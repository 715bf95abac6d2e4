package io.entente.samples.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The guide for operators, as tests read it: what it explains stands in the first column of a table, in a section of its own. */
public final class Guide {

    static final Path DIRECTORY = Path.of("operations");

    private Guide() {}

    /** The figures that it explains. */
    public static SortedSet<String> figures() {
        return explained("Figures");
    }

    /** The codes of reasons that it explains. */
    static SortedSet<String> reasons() {
        return explained("Health");
    }

    /** The alarms that it explains. */
    static SortedSet<String> alarms() {
        return explained("Alarms");
    }

    /** The lines of one of the tables there, by what their first column names. */
    static String line(String section, String explained) {
        return section(section)
                .lines()
                .filter(line -> line.startsWith("| `" + explained + "` |"))
                .findFirst()
                .orElseThrow();
    }

    static String text() {
        return read(DIRECTORY.resolve("README.md"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedSet<String> explained(String section) {
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(section(section))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String name) {
        String text = text();
        int begin = text.indexOf("\n## " + name + "\n");
        if (begin < 0) {
            throw new IllegalArgumentException("the guide has no section " + name);
        }
        int end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end);
    }
}
