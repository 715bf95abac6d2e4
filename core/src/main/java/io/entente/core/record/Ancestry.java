package io.entente.core.record;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import io.entente.conflict.version.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a record keeps of versions that were superseded, so that siblings can be merged against what they descend from.
 *
 * <p>A version says itself, in its entry, whether it is to be kept when it is superseded; so what is kept is a function of the
 * writes applied, in whatever order they came. It is kept for {@value #GENERATIONS} generations of versions on top of it, and until
 * the purge finds that no write still to come can descend from it otherwise than through the record's one version. A version that
 * is not to be kept hides what it descends from. Deletions are kept too, as links. Immutable.
 *
 * @param kept the superseded versions, in the order of their dots
 * @param lineage for all versions that are to be kept, superseded or not, those of {@code kept} that each replaced
 */
public record Ancestry(List<Sibling> kept, Lineage lineage) {

    /**
     * The longest line of versions on top of a kept one. Part of the format: replicas with other numbers would come to different
     * ancestors. It bounds what a key takes where nothing is ever purged, because no members are named or one is away.
     */
    public static final int GENERATIONS = 32;

    private static final Ancestry NONE = new Ancestry(List.of(), Lineage.none());

    public Ancestry {
        kept = List.copyOf(kept);
        Objects.requireNonNull(lineage, "lineage");
    }

    /** Of a record of which nothing is kept nor to be kept. */
    public static Ancestry none() {
        return NONE;
    }

    /** Of siblings of which nothing is known but one version that all descend from. */
    public static Ancestry of(Sibling common, Collection<Dot> siblings) {
        Map<Dot, List<Dot>> replaced = new TreeMap<>();
        siblings.forEach(dot -> replaced.put(dot, List.of(common.dot())));
        replaced.put(common.dot(), List.of());
        return new Ancestry(List.of(common), Lineage.of(replaced));
    }

    /** Whether nothing is kept nor to be kept. */
    public boolean isNone() {
        return lineage.isEmpty();
    }

    /** The kept version of that dot. */
    public Optional<Sibling> find(Dot dot) {
        return kept.stream().filter(version -> version.dot().equals(dot)).findFirst();
    }

    /** The newest kept versions that all of these descend from, deletions among them, in order. */
    public List<Sibling> newestCommon(Collection<Dot> versions) {
        return lineage.newestCommon(versions).stream()
                .flatMap(dot -> find(dot).stream())
                .toList();
    }

    /**
     * The ancestry after a write.
     *
     * @param superseded the versions it superseded
     * @param added the write
     * @param isToBeKept whether its version is to be kept when it is superseded
     * @param replaces what it says to replace
     */
    public Ancestry after(List<Sibling> superseded, Dot added, boolean isToBeKept, List<Dot> replaces) {
        List<Sibling> keeping = new ArrayList<>(kept);
        superseded.stream().filter(version -> lineage.knows(version.dot())).forEach(keeping::add);
        keeping.sort(Comparator.comparing(Sibling::dot));
        Map<Dot, List<Dot>> replaced = new TreeMap<>(lineage.replaced());
        if (isToBeKept) {
            Set<Dot> known = dotsOf(keeping);
            replaced.put(added, replaces.stream().filter(known::contains).toList());
        }
        return keeping.size() > GENERATIONS ? bounded(keeping, replaced) : of(keeping, replaced);
    }

    /**
     * The ancestry of siblings that two sides have merged. As with siblings, what only one side keeps stays exactly when the other hasn't
     * seen it: for else that found it too old, or hidden, or that no write still to come can need it.
     *
     * @param merged the merged siblings
     * @param ours this side's siblings, of which this is the ancestry, and the version vector under which they are
     * @param theirs the other side's
     */
    static Ancestry merged(List<Sibling> merged, Side ours, Side theirs) {
        Map<Dot, Sibling> keeping = new TreeMap<>();
        ours.keptUnlessDroppedBy(theirs).forEach(version -> keeping.put(version.dot(), version));
        theirs.keptUnlessDroppedBy(ours).forEach(version -> keeping.put(version.dot(), version));
        Map<Dot, List<Dot>> replaced = new TreeMap<>();
        ours.ancestry().lineage.replaced().forEach((version, dots) -> replaced.merge(version, dots, Ancestry::union));
        theirs.ancestry().lineage.replaced().forEach((version, dots) -> replaced.merge(version, dots, Ancestry::union));
        Set<Dot> left = new HashSet<>(keeping.keySet());
        merged.forEach(version -> left.add(version.dot()));
        Set<Dot> dropped = new HashSet<>(replaced.keySet());
        dropped.removeAll(left);
        Map<Dot, List<Dot>> links = without(dropped, replaced);
        List<Sibling> inOrder = List.copyOf(keeping.values());
        return inOrder.size() > GENERATIONS ? bounded(inOrder, links) : of(inOrder, links);
    }

    /** One of two sides that merge. */
    record Side(Siblings siblings, VersionVector seen) {

        private Ancestry ancestry() {
            return siblings.ancestry();
        }

        private List<Sibling> keptUnlessDroppedBy(Side other) {
            return ancestry().kept.stream()
                    .filter(version -> !other.seen.contains(version.dot()) || other.has(version.dot()))
                    .toList();
        }

        private boolean has(Dot dot) {
            return siblings.holds(dot) || ancestry().find(dot).isPresent();
        }
    }

    private static List<Dot> union(List<Dot> some, List<Dot> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().sorted().toList();
    }

    /** The ancestry when nothing is needed any more of what is kept. */
    public Ancestry withoutKept() {
        return of(List.of(), without(dotsOf(kept), lineage.replaced()));
    }

    private static Ancestry of(List<Sibling> kept, Map<Dot, List<Dot>> replaced) {
        return replaced.isEmpty() ? NONE : new Ancestry(kept, Lineage.of(replaced));
    }

    /** What is dropped has all that it replaced below it, further down: no line is interrupted. */
    private static Ancestry bounded(List<Sibling> kept, Map<Dot, List<Dot>> replaced) {
        Map<Dot, Integer> generations = new Generations(replaced).onTopOf(kept);
        Set<Dot> tooOld = new HashSet<>();
        generations.forEach((dot, count) -> {
            if (count > GENERATIONS) {
                tooOld.add(dot);
            }
        });
        if (tooOld.isEmpty()) {
            return of(kept, replaced);
        }
        return of(
                kept.stream().filter(version -> !tooOld.contains(version.dot())).toList(), without(tooOld, replaced));
    }

    private static Map<Dot, List<Dot>> without(Set<Dot> dropped, Map<Dot, List<Dot>> replaced) {
        Map<Dot, List<Dot>> rest = new TreeMap<>(replaced);
        dropped.forEach(rest::remove);
        rest.replaceAll((version, dots) -> Collections.disjoint(dots, dropped)
                ? dots
                : dots.stream().filter(dot -> !dropped.contains(dot)).toList());
        return rest;
    }

    private static Set<Dot> dotsOf(List<Sibling> versions) {
        Set<Dot> dots = new HashSet<>();
        versions.forEach(version -> dots.add(version.dot()));
        return dots;
    }

    /** How long the longest lines on top of versions are. */
    private static final class Generations {

        private final Map<Dot, List<Dot>> replacedBy = new HashMap<>();
        private final Map<Dot, Integer> counted = new HashMap<>();

        private Generations(Map<Dot, List<Dot>> replaced) {
            replaced.forEach((version, dots) -> dots.forEach(dot ->
                    replacedBy.computeIfAbsent(dot, any -> new ArrayList<>()).add(version)));
        }

        private Map<Dot, Integer> onTopOf(List<Sibling> versions) {
            versions.forEach(version -> count(version.dot()));
            return counted;
        }

        private int count(Dot version) {
            Integer known = counted.get(version);
            if (known != null) {
                return known;
            }
            int longest = 0;
            for (Dot successor : replacedBy.getOrDefault(version, List.of())) {
                longest = Math.max(longest, 1 + count(successor));
            }
            counted.put(version, longest);
            return longest;
        }
    }
}
