package io.entente.conflict.version;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which versions of one key replaced which: from it follows what each descends from, and what several have in common.
 *
 * <p>A version descends from those it replaced, and from those they descend from. That is less than its causal past: what a write's
 * author wasn't shown is no ancestor of what the author wrote, even where the replica had it. The idea is that of the commits of a
 * version control system, and of their merge bases. Immutable and thread-safe.
 *
 * @param replaced for each version what it replaced, in order; it may name versions that are not known here
 */
public record Lineage(SortedMap<Dot, List<Dot>> replaced) {

    private static final Lineage NONE = new Lineage(Collections.emptySortedMap());

    /** Copies map and lists. */
    public Lineage {
        // In the order of dots whatever the order of the map; one that is in that order is copied in one go.
        SortedMap<Dot, List<Dot>> copy = new TreeMap<>((Map<Dot, List<Dot>>) replaced);
        copy.replaceAll((version, dots) -> List.copyOf(dots));
        replaced = Collections.unmodifiableSortedMap(copy);
    }

    /** The lineage of these versions. */
    public static Lineage of(Map<Dot, List<Dot>> replaced) {
        if (replaced.isEmpty()) {
            return NONE;
        }
        return new Lineage(replaced instanceof SortedMap<Dot, List<Dot>> sorted ? sorted : new TreeMap<>(replaced));
    }

    /** The lineage of no version at all. */
    public static Lineage none() {
        return NONE;
    }

    /** Whether no version is known. */
    public boolean isEmpty() {
        return replaced.isEmpty();
    }

    /** Whether it is known what that version replaced. */
    public boolean knows(Dot version) {
        return replaced.containsKey(version);
    }

    /** What that version replaced; nothing for one that isn't known. */
    public List<Dot> replacedBy(Dot version) {
        return replaced.getOrDefault(version, List.of());
    }

    /** All that the version descends from, as far as it is known. */
    public SortedSet<Dot> ancestorsOf(Dot version) {
        SortedSet<Dot> found = new TreeSet<>();
        collect(version, found);
        return found;
    }

    private void collect(Dot version, Set<Dot> found) {
        for (Dot ancestor : replacedBy(version)) {
            if (found.add(ancestor)) {
                collect(ancestor, found);
            }
        }
    }

    /**
     * The common ancestors of these versions from which no other common one descends, in order: none, one, or several where
     * lines crossed.
     */
    public List<Dot> newestCommon(Collection<Dot> versions) {
        Set<Dot> common = new HashSet<>();
        boolean first = true;
        for (Dot version : versions) {
            Set<Dot> ancestors = new HashSet<>();
            collect(version, ancestors);
            if (first) {
                common = ancestors;
            } else {
                common.retainAll(ancestors);
            }
            first = false;
        }
        TreeSet<Dot> newest = new TreeSet<>(common);
        // What a common ancestor descends from is common too: so one step down from each of them reaches all that
        // others stand on.
        common.forEach(ancestor -> replacedBy(ancestor).forEach(newest::remove));
        return List.copyOf(newest);
    }
}
