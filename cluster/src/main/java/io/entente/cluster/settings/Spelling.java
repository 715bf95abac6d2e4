package io.entente.cluster.settings;

import java.util.Collection;
import java.util.Comparator;

/** What somebody may have meant who wrote something unknown. */
final class Spelling {

    private Spelling() {}

    /** The candidate of least edit distance, the first among equals; there must be one. */
    static String nearest(String written, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)))
                .orElseThrow();
    }

    /** The Levenshtein distance: how many characters must be added, removed or changed. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
