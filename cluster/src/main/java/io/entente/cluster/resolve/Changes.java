package io.entente.cluster.resolve;

import io.entente.conflict.Conflict;
import io.entente.conflict.Version;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What the siblings of a conflict changed: the part of a three-way merge that needs no look into values.
 *
 * <p>A sibling changed something when it differs from the ancestor, where no ancestor is known from nothing at all. That of any number
 * of siblings is told at once, so the order among them makes no difference.
 *
 * @param conflict the conflict
 * @param changed the siblings that differ from the ancestor, in canonical order; empty when none does
 * @param same whether two values are the same
 * @param <V> the type of values
 */
record Changes<V>(Conflict<V> conflict, List<Version<V>> changed, BiPredicate<? super V, ? super V> same) {

    static <V> Changes<V> of(Conflict<V> conflict, BiPredicate<? super V, ? super V> same) {
        Optional<V> base = conflict.ancestor().flatMap(Version::value);
        List<Version<V>> changed = conflict.siblings().stream()
                .filter(sibling -> !same(sibling.value(), base, same))
                .toList();
        return new Changes<>(conflict, changed, same);
    }

    /** The changes that remain when a changed value beats a deletion: the deletions alone where nothing else was changed. */
    Changes<V> overDeletions() {
        List<Version<V>> live =
                changed.stream().filter(version -> !version.isDeletion()).toList();
        return live.isEmpty() ? this : new Changes<>(conflict, live, same);
    }

    /** The version that stands where nobody, or nobody else, changed anything, or all changed it alike; the latest of these. */
    Optional<Version<V>> undisputed() {
        if (changed.isEmpty()) {
            return Optional.of(conflict.lastWritten());
        }
        Optional<V> first = changed.get(0).value();
        boolean agree = changed.stream().allMatch(version -> same(version.value(), first, same));
        return agree ? Optional.of(Collections.max(changed, Version.byTime())) : Optional.empty();
    }

    /** The conflict between those who changed something; only where they don't agree. */
    Conflict<V> dispute() {
        return new Conflict<>(conflict.map(), conflict.key(), changed, conflict.ancestor(), conflict.uncertainty());
    }

    private static <V> boolean same(Optional<V> a, Optional<V> b, BiPredicate<? super V, ? super V> same) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() && b.isEmpty();
        }
        return same.test(a.get(), b.get());
    }
}
