package io.entente.conflict;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Lineage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the common ancestor of concurrent versions, for three-way merges.
 *
 * <p>Where lines of versions crossed, several ancestors are the newest ones and concurrent themselves. Then they are resolved into
 * one by the same resolver, with their own common ancestor, as Git's recursive merge does: that is what readers saw before the
 * lines parted. A deletion is no ancestor, for versions written after it have nothing in common. Nor is there one when the resolver
 * makes no value of several.
 *
 * <p>Deterministic: equal lineages and versions give equal ancestors. Thread-safe as far as resolver and values are.
 *
 * @param <V> the type of values
 */
public final class Ancestors<V> {

    private final GuardedResolver<V> resolver;
    private final Lineage lineage;
    private final Function<? super Dot, Optional<Version<V>>> superseded;

    /**
     * Ancestors of one key's versions.
     *
     * @param resolver what makes one of several ancestors
     * @param lineage which version replaced which
     * @param superseded gives the versions that were replaced, empty for one that can't be read
     */
    public Ancestors(
            GuardedResolver<V> resolver, Lineage lineage, Function<? super Dot, Optional<Version<V>>> superseded) {
        this.resolver = Objects.requireNonNull(resolver, "resolver");
        this.lineage = Objects.requireNonNull(lineage, "lineage");
        this.superseded = Objects.requireNonNull(superseded, "superseded");
    }

    /**
     * The version that all of these descend from; empty where there is none, where it was deleted, and where it can't be read.
     *
     * @param map the map's name
     * @param key the key
     * @param versions concurrent versions
     */
    public Optional<Version<V>> of(String map, String key, Collection<Dot> versions) {
        List<Dot> newest = lineage.newestCommon(versions);
        List<Version<V>> values = new ArrayList<>(newest.size());
        for (Dot dot : newest) {
            Optional<Version<V>> version = superseded.apply(dot);
            if (version.isEmpty()) {
                return Optional.empty();
            }
            version.filter(ancestor -> !ancestor.isDeletion()).ifPresent(values::add);
        }
        return values.size() < 2 ? values.stream().findFirst() : resolved(map, key, values);
    }

    private Optional<Version<V>> resolved(String map, String key, List<Version<V>> ancestors) {
        List<Dot> dots = ancestors.stream().map(Version::dot).toList();
        Outcome<V> outcome = resolver.resolve(map, key, ancestors, of(map, key, dots));
        if (!(outcome instanceof Outcome.Value<V> value)) {
            return Optional.empty();
        }
        Version<V> last = Collections.max(ancestors, Version.byTime());
        return value.source()
                .or(() -> Optional.of(
                        new Version<>(last.dot(), last.timestamp(), last.dataCenter(), Optional.of(value.value()))));
    }
}
