package io.entente.samples.resolver;

import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a customer wants to buy, and what was taken out again. Immutable.
 *
 * <p>Each time something is put in, that is a line of its own, with a name that nothing else has. A line is never changed: another quantity is another
 * line. So of two carts it is known what each put in and took out, whatever happened before.
 *
 * @param lines what is in the cart, by the lines' names
 * @param removed the names of lines that were taken out
 */
public record Cart(SortedMap<String, Line> lines, SortedSet<String> removed) {

    private static final Cart EMPTY = new Cart(Collections.emptySortedMap(), Collections.emptySortedSet());

    /** Copies both; throws {@link IllegalArgumentException} for a line that is in the cart and taken out. */
    public Cart {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
        if (!Collections.disjoint(lines.keySet(), removed)) {
            throw new IllegalArgumentException(
                    "of the lines " + lines.keySet() + " some are among those taken out, " + removed);
        }
    }

    /**
     * So many of one item. In the order of items, then of quantities.
     *
     * @param item what
     * @param quantity how many, at least 1
     */
    public record Line(String item, int quantity) implements Comparable<Line> {

        private static final Comparator<Line> ORDER =
                Comparator.comparing(Line::item).thenComparing(Line::quantity);

        /** Throws {@link IllegalArgumentException} for less than one. */
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException(quantity + " of " + item + " is no line: give at least 1");
            }
        }

        @Override
        public int compareTo(Line other) {
            return ORDER.compare(this, other);
        }
    }

    /** A cart with nothing in it. */
    public static Cart empty() {
        return EMPTY;
    }

    /** With a line more, whose name nothing has had yet. */
    public Cart put(String name, Line line) {
        SortedMap<String, Line> more = new TreeMap<>(lines);
        more.put(name, line);
        return new Cart(more, removed);
    }

    /** Without a line. */
    public Cart remove(String name) {
        SortedMap<String, Line> fewer = new TreeMap<>(lines);
        fewer.remove(name);
        SortedSet<String> more = new TreeSet<>(removed);
        more.add(name);
        return new Cart(fewer, more);
    }

    /** Without any line, as it is left when its content was ordered. */
    public Cart ordered() {
        SortedSet<String> all = new TreeSet<>(removed);
        all.addAll(lines.keySet());
        return new Cart(Collections.emptySortedMap(), all);
    }

    /** What either put in and neither took out. Neither the order of the two nor doing so twice makes a difference. */
    public Cart mergedWith(Cart other) {
        SortedMap<String, Line> merged = new TreeMap<>(lines);
        other.lines.forEach((name, line) -> merged.merge(name, line, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        SortedSet<String> gone = new TreeSet<>(removed);
        gone.addAll(other.removed);
        merged.keySet().removeAll(gone);
        return new Cart(merged, gone);
    }
}
