package io.entente.core.record;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A record's content: the versions of a key that no other version of it has seen, in the order of their dots.
 *
 * <p>The order is canonical, so that two replicas with the same siblings have the same bytes and hand a resolver the same
 * list. Immutable.
 *
 * <p>The idea of sets of dotted versions is that of Preguiça et al., <i>Dotted Version Vectors</i> (2010); here the
 * replica's version vector stands for the causal past, so a sibling needs its dot alone.
 *
 * @param versions the siblings in dot order; empty for an absent record
 */
public record Siblings(List<Sibling> versions) {

    private static final Siblings NONE = new Siblings(List.of());

    public Siblings {
        versions = List.copyOf(versions);
    }

    /** The content of a key that nobody has written, or whose deletion was purged. */
    public static Siblings none() {
        return NONE;
    }

    /** Siblings of the given versions, brought into canonical order. */
    public static Siblings of(Sibling... versions) {
        List<Sibling> sorted = new ArrayList<>(List.of(versions));
        sorted.sort(Comparator.comparing(Sibling::dot));
        return new Siblings(sorted);
    }

    /** The number of siblings, tombstones among them. */
    public int size() {
        return versions.size();
    }

    /** Whether there is no version at all. */
    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** Whether no version holds a value: the key reads as absent under every resolver. */
    public boolean isAbsent() {
        for (Sibling version : versions) {
            if (!version.isTombstone()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a version with this dot is among the siblings. */
    public boolean holds(Dot dot) {
        for (Sibling version : versions) {
            if (version.dot().equals(dot)) {
                return true;
            }
        }
        return false;
    }

    /** The dots of all siblings, in order. */
    public List<Dot> dots() {
        if (versions.isEmpty()) {
            return List.of();
        }
        if (versions.size() == 1) {
            return List.of(versions.get(0).dot());
        }
        return versions.stream().map(Sibling::dot).toList();
    }

    /** What a client that was shown these siblings has seen. */
    public CausalContext context() {
        return CausalContext.of(dots(), isAbsent());
    }

    /**
     * What remains after a write: the versions not superseded by it, and the write's own.
     *
     * @param superseded tells of each present version whether the write replaces it
     * @param added the write's version
     */
    public Siblings after(Predicate<Sibling> superseded, Sibling added) {
        if (versions.isEmpty() || (versions.size() == 1 && superseded.test(versions.get(0)))) {
            return new Siblings(List.of(added));
        }
        List<Sibling> kept = new ArrayList<>(versions.size() + 1);
        boolean placed = false;
        for (Sibling version : versions) {
            if (superseded.test(version)) {
                continue;
            }
            if (!placed && added.dot().compareTo(version.dot()) < 0) {
                kept.add(added);
                placed = true;
            }
            kept.add(version);
        }
        if (!placed) {
            kept.add(added);
        }
        return new Siblings(kept);
    }

    /**
     * What remains after an operation that adds nothing; this very object where nothing goes.
     *
     * @param superseded tells of each present version whether the operation removes it
     */
    public Siblings without(Predicate<Sibling> superseded) {
        List<Sibling> kept = new ArrayList<>(versions.size());
        for (Sibling version : versions) {
            if (!superseded.test(version)) {
                kept.add(version);
            }
        }
        if (kept.isEmpty()) {
            return NONE;
        }
        return kept.size() == versions.size() ? this : new Siblings(kept);
    }
}
