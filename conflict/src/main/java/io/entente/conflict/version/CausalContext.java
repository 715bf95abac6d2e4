package io.entente.conflict.version;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * The dots of the siblings a client has seen for one key; opaque to the client.
 *
 * <p>A write that carries a context replaces exactly these dots, so a write based on an old read becomes a sibling
 * instead of overwriting what its author never saw (DDIA chapter 5, "Capturing the happens-before relationship").
 * Immutable and thread-safe; two contexts are equal when they hold the same dots and agree on {@code absent}.
 *
 * @param dots what was seen, ascending and distinct whatever order they are given in
 * @param absent whether the key was absent to the client: all the dots are deletions, or there are none
 */
public record CausalContext(List<Dot> dots, boolean absent) {

    private static final CausalContext EMPTY = new CausalContext(List.of(), true);

    /** Sorts the dots; throws {@link IllegalArgumentException} for a context that has seen a value but no dot. */
    public CausalContext {
        dots = ascending(dots);
        if (dots.isEmpty() && !absent) {
            throw new IllegalArgumentException("A context without dots has seen nothing, so its key must be absent.");
        }
    }

    /** The context of a client that has seen nothing. */
    public static CausalContext empty() {
        return EMPTY;
    }

    /** The context of a client that has seen {@code dots}, in any order, duplicates counting once. */
    public static CausalContext of(Collection<Dot> dots, boolean absent) {
        return dots.isEmpty() && absent ? EMPTY : new CausalContext(List.copyOf(dots), absent);
    }

    private static List<Dot> ascending(List<Dot> dots) {
        for (int i = 1; i < dots.size(); i++) {
            if (dots.get(i - 1).compareTo(dots.get(i)) >= 0) {
                return List.copyOf(new ArrayList<>(new TreeSet<>(dots)));
            }
        }
        return List.copyOf(dots);
    }

    /** Whether the client has seen {@code dot}. */
    public boolean contains(Dot dot) {
        return Collections.binarySearch(dots, dot) >= 0;
    }

    /**
     * Whether a replica that has applied {@code vector} has all the client has seen; it may be asked to wait if
     * not.
     */
    public boolean coveredBy(VersionVector vector) {
        for (Dot dot : dots) {
            if (!vector.contains(dot)) {
                return false;
            }
        }
        return true;
    }
}
