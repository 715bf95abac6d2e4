package io.entente.conflict;

import io.entente.conflict.version.Dot;
import java.util.ArrayList;
import java.util.List;

/** Puts siblings into the one order that every replica sees: ascending by dot. */
final class CanonicalOrder {

    private CanonicalOrder() {}

    /**
     * An immutable copy of {@code siblings} in ascending order of their dots.
     *
     * @throws IllegalArgumentException when two share a dot
     */
    static <V> List<Version<V>> of(List<Version<V>> siblings) {
        List<Version<V>> ordered = isAscending(siblings) ? siblings : sorted(siblings);
        for (int i = 1; i < ordered.size(); i++) {
            Dot dot = ordered.get(i).dot();
            if (dot.equals(ordered.get(i - 1).dot())) {
                throw new IllegalArgumentException("Two siblings share the dot " + dot + "; a dot names one write.");
            }
        }
        return List.copyOf(ordered);
    }

    private static <V> boolean isAscending(List<Version<V>> siblings) {
        for (int i = 1; i < siblings.size(); i++) {
            if (siblings.get(i - 1).dot().compareTo(siblings.get(i).dot()) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static <V> List<Version<V>> sorted(List<Version<V>> siblings) {
        List<Version<V>> sorted = new ArrayList<>(siblings);
        sorted.sort(Version.byDot());
        return sorted;
    }
}
