package io.entente.core.record;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
 * @param ancestry what is kept of versions that were superseded
 */
public record Siblings(List<Sibling> versions, Ancestry ancestry) {

    private static final Siblings NONE = new Siblings(List.of());

    public Siblings {
        versions = List.copyOf(versions);
        Objects.requireNonNull(ancestry, "ancestry");
    }

    /** Siblings of whose past nothing is kept. */
    public Siblings(List<Sibling> versions) {
        this(versions, Ancestry.none());
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

    /** These versions with another ancestry. */
    public Siblings with(Ancestry other) {
        return new Siblings(versions, other);
    }

    /** These siblings as far as readers need them: without a conflict nobody asks for ancestors. */
    public Siblings forReaders() {
        return versions.size() < 2 && !ancestry.isNone() ? new Siblings(versions) : this;
    }

    /** Whether superseded versions are kept beside these. */
    public boolean keeps() {
        return !ancestry.kept().isEmpty();
    }

    /** The newest kept values that all siblings descend from; one, unless lines crossed or nothing is known. */
    public List<Sibling> ancestors() {
        return versions.size() < 2 || ancestry.isNone()
                ? List.of()
                : ancestry.newestCommon(dots()).stream()
                        .filter(version -> !version.isTombstone())
                        .toList();
    }

    /**
     * The ancestry after a write.
     *
     * @param superseded the dots of the versions that it superseded
     * @param added the write
     * @param isKept whether its version is to be kept when it is superseded
     * @param replaces what it says to replace
     */
    public Ancestry ancestryAfter(Set<Dot> superseded, Dot added, boolean isKept, List<Dot> replaces) {
        if (!isKept && ancestry.isNone()) {
            return ancestry;
        }
        List<Sibling> gone = versions.stream()
                .filter(version -> superseded.contains(version.dot()))
                .toList();
        return ancestry.after(gone, added, isKept, replaces);
    }

    /**
     * What the record is where both what made these siblings and what made {@code theirs} is applied: a version that only one side holds
     * stays exactly when the other side hasn't seen it, for else something has superseded it there.
     *
     * <p>Exact for any two replicas (Preguiça et al., <i>Dotted Version Vectors</i>, section 5), as long as each key is merged once:
     * afterwards the vectors say more than the siblings show.
     *
     * @param seen the version vector under which these are the siblings
     * @param theirs the siblings of the same key elsewhere
     * @param seenByThem the version vector there
     */
    public Siblings mergedWith(VersionVector seen, Siblings theirs, VersionVector seenByThem) {
        List<Sibling> merged = new ArrayList<>(versions.size() + theirs.size());
        for (Sibling version : versions) {
            if (theirs.holds(version.dot()) || !seenByThem.contains(version.dot())) {
                merged.add(version);
            }
        }
        for (Sibling version : theirs.versions()) {
            if (!seen.contains(version.dot())) {
                merged.add(version);
            }
        }
        merged.sort(Comparator.comparing(Sibling::dot));
        return ancestry.isNone() && theirs.ancestry.isNone()
                ? new Siblings(merged)
                : new Siblings(
                        merged,
                        Ancestry.merged(merged, new Ancestry.Side(this, seen), new Ancestry.Side(theirs, seenByThem)));
    }

    /**
     * What remains after a write, without its ancestry: the versions not superseded by it, and the write's own.
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
