package io.entente.cluster.map;

import io.entente.cluster.settings.ConflictSettings;
import io.entente.conflict.Ancestors;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Resolvers;
import io.entente.conflict.Version;
import io.entente.conflict.version.Dot;
import io.entente.core.record.Ancestry;
import io.entente.core.record.Siblings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A map's name, and how concurrent writes to its keys are resolved.
 *
 * <p>Thread-safe as far as codec and resolver are. No value, whatever bytes it holds, and no resolver, whatever it throws, makes
 * {@link #resolve} throw: what can't be read or resolved is unresolved, with what last-writer-wins makes of the siblings.
 *
 * @param <V> the type of values that the resolver sees
 */
public final class MapDefinition<V> {

    private static final GuardedResolver<StoredValue> FALLBACK = GuardedResolver.of(Resolvers.lastWriterWins());

    private final String name;
    private final ValueView<V> view;
    private final GuardedResolver<V> resolver;
    private final ResolverIdentity identity;
    private final boolean needsAncestor;
    private final Optional<BoundedCalls> calls;

    /**
     * @param name the map's name
     * @param view how values look to the resolver
     * @param resolver the resolver
     * @param calls how the resolver is called; empty where it comes with Entente and needs no bounds
     * @throws IllegalArgumentException when the resolver can't say its name
     */
    MapDefinition(String name, ValueView<V> view, ConflictResolver<V> resolver, Optional<BoundedCalls> calls) {
        this.name = Objects.requireNonNull(name, "name");
        this.view = Objects.requireNonNull(view, "view");
        this.resolver = GuardedResolver.of(resolver);
        this.identity = ResolverIdentity.of(resolver);
        this.needsAncestor = resolver.needsAncestor();
        this.calls = Objects.requireNonNull(calls, "calls");
    }

    /** The same map with a resolver that is told other things; it isn't asked again what it is. */
    private MapDefinition(MapDefinition<V> same, GuardedResolver<V> resolver) {
        this.name = same.name;
        this.view = same.view;
        this.resolver = resolver;
        this.identity = same.identity;
        this.needsAncestor = same.needsAncestor;
        this.calls = same.calls;
    }

    /** The same map where clocks may be so far off: of timestamps up to twice that apart, resolvers are told that they are close. */
    MapDefinition<V> withClocksOffBy(Duration drift) {
        return new MapDefinition<>(this, resolver.within(drift.multipliedBy(2)));
    }

    /** The map's name. */
    public String name() {
        return name;
    }

    /** By what nodes tell whether they resolve this map alike. */
    public ResolverIdentity resolver() {
        return identity;
    }

    /** Why the resolver isn't called at present, as a clause; empty when it is. */
    public Optional<String> suspended() {
        return calls.flatMap(BoundedCalls::suspended);
    }

    /** Interrupts calls that are under way, and makes no more. */
    void close() {
        calls.ifPresent(BoundedCalls::close);
    }

    /** Whether what is superseded in this map has to be kept, so that conflicts can be merged with what came before them. */
    public boolean needsAncestor() {
        return needsAncestor;
    }

    /** Whether a conflict of this map may be unresolved: its resolver looks into values, or is the application's. */
    public boolean mayFail() {
        return !(view instanceof ValueView.AsStored);
    }

    /** How long one call of the resolver may take, or ought to where it comes with Entente and needs no bounds. */
    Duration callTime() {
        return calls.map(BoundedCalls::timeout)
                .orElseGet(() -> ConflictSettings.defaults().resolverTimeout());
    }

    /** Whether an application's resolver has to be called for these. */
    boolean calls(Siblings siblings) {
        return calls.isPresent() && siblings.size() > 1;
    }

    /**
     * What a reader of the key gets. A key without conflict, and a resolver that comes with Entente, are answered at once; an
     * application's resolver is called on threads of its own, within its bound of time.
     *
     * @param executor where to go on after such a call
     * @return fails with {@link NotAppliedException} alone, where there are more conflicts to be resolved at once than an application's
     *     resolver can do
     */
    public CompletionStage<Resolved> resolve(String key, Siblings siblings, Executor executor) {
        OpenedSiblings opened = OpenedSiblings.of(siblings);
        List<Version<StoredValue>> versions = opened.versions();
        if (opened.problem().isPresent() || versions.size() < 2) {
            return CompletableFuture.completedStage(fallback(key, versions, opened.problem()));
        }
        if (calls.isPresent()) {
            return calls.get()
                    .call(
                            () -> resolve(key, versions, siblings.ancestry()),
                            reason -> fallback(key, versions, reason),
                            executor);
        }
        return CompletableFuture.completedStage(resolveHere(key, versions, siblings.ancestry()));
    }

    /**
     * What a reader of the key gets where the resolver isn't asked.
     *
     * @param reason why not, as a clause
     */
    public Resolved unresolved(String key, Siblings siblings, String reason) {
        return fallback(key, OpenedSiblings.of(siblings).versions(), reason);
    }

    /** Values are strangers' also where the resolver isn't. */
    private Resolved resolveHere(String key, List<Version<StoredValue>> versions, Ancestry ancestry) {
        try {
            return resolve(key, versions, ancestry);
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            return fallback(key, versions, "the resolver " + identity + " failed: " + BoundedCalls.described(failed));
        }
    }

    private Resolved resolve(String key, List<Version<StoredValue>> versions, Ancestry ancestry) {
        List<Version<V>> seen = new ArrayList<>(versions.size());
        Optional<Version<V>> ancestor;
        try {
            versions.forEach(version -> seen.add(decoded(version)));
            ancestor = ancestor(key, versions, ancestry);
        } catch (CodecException unreadable) {
            return fallback(key, versions, String.valueOf(unreadable.getMessage()));
        }
        return resolver.resolve(name, key, seen, ancestor).handle(new ContentOf(key, versions, ancestor));
    }

    /** The version that these descend from, where the resolver asks for it. */
    private Optional<Version<V>> ancestor(String key, List<Version<StoredValue>> versions, Ancestry ancestry) {
        if (!needsAncestor() || ancestry.isNone()) {
            return Optional.empty();
        }
        List<Dot> dots = versions.stream().map(Version::dot).toList();
        return new Ancestors<>(
                        resolver,
                        ancestry.lineage(),
                        dot -> ancestry.find(dot).map(OpenedSiblings::open).map(this::decoded))
                .of(name, key, dots);
    }

    private Version<V> decoded(OpenedSiblings.Opened opened) {
        if (opened.problem().isPresent()) {
            throw new CodecException(opened.problem().get());
        }
        return decoded(opened.version());
    }

    private Version<V> decoded(Version<StoredValue> version) {
        try {
            return new Version<>(
                    version.dot(),
                    version.timestamp(),
                    version.dataCenter(),
                    version.value().map(view::decode));
        } catch (CodecException unreadable) {
            throw new CodecException(
                    "the value " + version.dot() + " can't be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private Resolved fallback(String key, List<Version<StoredValue>> versions, String reason) {
        return fallback(key, versions, Optional.of(reason));
    }

    private Resolved fallback(String key, List<Version<StoredValue>> versions, Optional<String> unresolved) {
        Outcome<StoredValue> outcome = FALLBACK.resolve(name, key, versions);
        Resolved.Content content = outcome instanceof Outcome.Value<StoredValue> value
                ? new Resolved.Value(value.value())
                : new Resolved.Absent();
        return new Resolved(content, unresolved, versions, Optional.empty());
    }

    /** The ancestor for those who look at the conflict; none where it was merged and has no stored form. */
    private Optional<Version<StoredValue>> stored(Version<V> ancestor) {
        try {
            return Optional.of(new Version<>(
                    ancestor.dot(),
                    ancestor.timestamp(),
                    ancestor.dataCenter(),
                    ancestor.value().map(view::encode)));
        } catch (CodecException unwritable) {
            return Optional.empty();
        }
    }

    /** Back from what the resolver saw to what is stored. */
    private final class ContentOf implements Outcome.Handler<V, Resolved> {

        private final String key;
        private final List<Version<StoredValue>> versions;
        private final Optional<Version<V>> ancestor;

        private ContentOf(String key, List<Version<StoredValue>> versions, Optional<Version<V>> ancestor) {
            this.key = key;
            this.versions = versions;
            this.ancestor = ancestor;
        }

        @Override
        public Resolved value(Outcome.Value<V> value) {
            try {
                StoredValue stored =
                        value.source().map(this::original).orElseGet(() -> view.encodeMerged(value.value(), versions));
                return resolved(new Resolved.Value(stored));
            } catch (CodecException unwritable) {
                return fallback(key, versions, "the merged value has no stored form: " + unwritable.getMessage());
            }
        }

        @Override
        public Resolved absent(Outcome.Absent<V> absent) {
            return resolved(new Resolved.Absent());
        }

        @Override
        public Resolved siblings(Outcome.Siblings<V> siblings) {
            return resolved(new Resolved.Siblings());
        }

        @Override
        public Resolved unresolved(Outcome.Unresolved<V> unresolved) {
            return fallback(
                    key,
                    versions,
                    "the resolver " + resolver() + " failed: " + BoundedCalls.described(unresolved.cause()));
        }

        private Resolved resolved(Resolved.Content content) {
            return new Resolved(content, Optional.empty(), versions, ancestor.flatMap(MapDefinition.this::stored));
        }

        /** The picked version's own bytes, not its value written anew. */
        private StoredValue original(Version<V> picked) {
            return versions.stream()
                    .filter(version -> version.dot().equals(picked.dot()))
                    .findFirst()
                    .flatMap(Version::value)
                    .orElseThrow();
        }
    }
}
