package io.entente.conflict;

import java.util.Objects;
import java.util.function.Function;

/** A resolver of one type of values as one of another type. */
final class SeenThrough<V, W> implements ConflictResolver<V> {

    private final Function<? super V, ? extends W> view;
    private final Function<? super W, ? extends V> back;
    private final ConflictResolver<W> resolver;

    SeenThrough(
            Function<? super V, ? extends W> view,
            Function<? super W, ? extends V> back,
            ConflictResolver<W> resolver) {
        this.view = Objects.requireNonNull(view, "view");
        this.back = Objects.requireNonNull(back, "back");
        this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        Resolution<W> resolution = resolver.resolve(new Conflict<>(
                conflict.map(),
                conflict.key(),
                conflict.siblings().stream().map(this::seen).toList(),
                conflict.ancestor().map(this::seen),
                conflict.uncertainty()));
        if (resolution instanceof Resolution.Pick<W> pick) {
            return Resolution.pick(original(conflict, pick.version()));
        }
        if (resolution instanceof Resolution.Merged<W> merged) {
            return Resolution.merged(back.apply(merged.value()));
        }
        if (resolution instanceof Resolution.Deleted<W>) {
            return Resolution.deleted();
        }
        if (resolution instanceof Resolution.KeepAll<W>) {
            return Resolution.keepAll();
        }
        throw new ResolverContractException("The resolver " + resolver.name() + " answered null.");
    }

    private Version<W> seen(Version<V> version) {
        return new Version<>(
                version.dot(),
                version.timestamp(),
                version.dataCenter(),
                version.value().map(view));
    }

    /** The sibling itself, not its value seen and brought back. */
    private static <V> Version<V> original(Conflict<V> conflict, Version<?> picked) {
        for (Version<V> sibling : conflict.siblings()) {
            if (sibling.dot().equals(picked.dot())) {
                return sibling;
            }
        }
        throw new ResolverContractException(
                "The resolver picked the version " + picked.dot() + ", which is not among the siblings.");
    }

    @Override
    public String name() {
        return resolver.name();
    }

    @Override
    public int version() {
        return resolver.version();
    }

    @Override
    public boolean needsAncestor() {
        return resolver.needsAncestor();
    }
}
