package io.entente.core.topology;

import java.util.Objects;

/**
 * A way along which writes flow from one data center to another.
 *
 * @param from where they come from
 * @param to where they go: a replica there may pull from one in {@code from}
 */
public record Edge(String from, String to) implements Comparable<Edge> {

    private static final String ARROW = "->";

    public Edge {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (from.equals(to)) {
            throw new IllegalArgumentException(
                    "the edge " + from + ARROW + to + " leads nowhere: name two different data centers");
        }
    }

    /**
     * Reads {@code eu->us}; blanks around the names are passed over.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static Edge parse(String text) {
        int arrow = text.indexOf(ARROW);
        if (arrow < 0 || text.indexOf(ARROW, arrow + 1) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not an edge: write it like eu->us");
        }
        String from = text.substring(0, arrow).strip();
        String to = text.substring(arrow + ARROW.length()).strip();
        if (from.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an edge: name a data center on either side of ->");
        }
        return new Edge(from, to);
    }

    @Override
    public int compareTo(Edge other) {
        int byFrom = from.compareTo(other.from);
        return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }

    @Override
    public String toString() {
        return from + ARROW + to;
    }
}
