package io.entente.samples.demo.story;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A script that explains itself. Its first comment says what it shows and, in its last line, how it is run.
 *
 * @param name what it is called
 * @param shows what it shows, one paragraph
 * @param nodesPerDataCenter how many nodes it needs in each
 * @param configuration the file with the configuration it needs; empty for none
 * @param lines what follows the first comment
 */
public record Story(String name, String shows, int nodesPerDataCenter, String configuration, List<String> lines) {

    static final String COMMENT = "#";

    private static final String USAGE = "samples/demo ";

    private static final String FAILS = "fails";

    /** The commands whose second argument is a key that they change. */
    private static final Set<String> WRITES = Set.of("put", "replace", "update", "delete");

    public Story {
        lines = List.copyOf(lines);
    }

    /** Reads a script; throws {@link IllegalArgumentException} for one that doesn't say what it shows and how it is run. */
    static Story of(String name, String script) {
        List<String> lines = script.lines().toList();
        List<String> head =
                lines.stream().takeWhile(line -> line.startsWith(COMMENT)).toList();
        String shows = String.join(
                " ",
                head.stream()
                        .map(Story::explanation)
                        .takeWhile(line -> !line.isEmpty())
                        .toList());
        String usage = head.isEmpty() ? "" : explanation(head.get(head.size() - 1));
        if (shows.isEmpty() || !usage.startsWith(USAGE)) {
            throw new IllegalArgumentException("the script " + name + " doesn't say what it shows and how it is run");
        }
        List<String> options = Arrays.asList(usage.substring(USAGE.length()).split(" "));
        String nodes = option(options, "--nodes-per-dc");
        return new Story(
                name,
                shows,
                nodes.isEmpty() ? 1 : Integer.parseInt(nodes),
                option(options, "--config"),
                new ArrayList<>(lines.subList(head.size(), lines.size())));
    }

    private static String option(List<String> options, String name) {
        int at = options.indexOf(name);
        return at < 0 ? "" : options.get(at + 1);
    }

    /** How it is run in a demo of its own. */
    public String command() {
        return "samples/demo"
                + (nodesPerDataCenter == 1 ? "" : " --nodes-per-dc " + nodesPerDataCenter)
                + (configuration.isEmpty() ? "" : " --config " + configuration)
                + " --script samples/scripts/" + name + ".txt";
    }

    /** The keys that it writes, as {@code map/key}; those of the command {@code load}, which are always written anew, are left out. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (String line : lines) {
            List<String> words = List.of(line.strip().split("\\s+"));
            int writes = words.get(0).equals(FAILS) ? 1 : 0;
            if (words.size() > writes + 2 && WRITES.contains(words.get(writes))) {
                keys.add(words.get(writes + 2));
            }
        }
        return keys;
    }

    /** What it shows, in its first sentence. */
    public String title() {
        int end = shows.indexOf(". ");
        return end < 0 ? shows : shows.substring(0, end + 1);
    }

    /** Whether a line explains the commands after it. */
    public static boolean isExplanation(String line) {
        return line.startsWith(COMMENT);
    }

    /** What such a line says. */
    public static String explanation(String line) {
        return line.substring(COMMENT.length()).strip();
    }
}
