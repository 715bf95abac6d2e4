package io.entente.conflict;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A user's resolver, applied so that nothing it does stops a read or replication.
 *
 * <p>It is not called for fewer than two siblings. If it throws (any exception, a failed assertion, an exhausted
 * stack, a class that doesn't link), answers null or picks what is no sibling, the outcome is
 * {@link Outcome.Unresolved} with last-writer-wins as fallback. Errors of the virtual machine other than these pass
 * through. A resolver that takes too long is not interrupted: time is the host's business.
 *
 * <p>Thread-safe if the resolver is. Keeps nothing of what it resolves.
 *
 * @param <V> the type of values
 */
public final class GuardedResolver<V> {

    private final ConflictResolver<V> resolver;
    private final ConflictResolver<V> fallback = Resolvers.lastWriterWins();
    private final Duration uncertainty;

    private GuardedResolver(ConflictResolver<V> resolver, Duration uncertainty) {
        this.resolver = Objects.requireNonNull(resolver, "resolver");
        this.uncertainty = Objects.requireNonNull(uncertainty, "uncertainty");
    }

    /** Guards {@code resolver}. */
    public static <V> GuardedResolver<V> of(ConflictResolver<V> resolver) {
        return new GuardedResolver<>(resolver, Duration.ZERO);
    }

    /** The same resolver, told how far apart timestamps may be and leave open which came first: {@link Conflict#uncertainty()}. */
    public GuardedResolver<V> within(Duration clockUncertainty) {
        return new GuardedResolver<>(resolver, clockUncertainty);
    }

    /** The resolver that is guarded. */
    public ConflictResolver<V> resolver() {
        return resolver;
    }

    /** {@link #resolve(String, String, List, Optional)} for a resolver that needs no ancestor. */
    public Outcome<V> resolve(String map, String key, List<Version<V>> siblings) {
        return resolve(map, key, siblings, Optional.empty());
    }

    /**
     * What a reader of the key gets.
     *
     * @param map the map's name
     * @param key the key
     * @param siblings the key's versions in any order; none for a key never written or purged
     * @param ancestor the version they all descend from, if it is known
     * @throws IllegalArgumentException when two siblings share a dot, which is the caller's fault and not the
     *     resolver's
     */
    public Outcome<V> resolve(String map, String key, List<Version<V>> siblings, Optional<Version<V>> ancestor) {
        return switch (siblings.size()) {
            case 0 -> new Outcome.Absent<>();
            case 1 -> outcomeOf(siblings.get(0));
            default -> resolve(new Conflict<>(map, key, siblings, ancestor, uncertainty));
        };
    }

    /** What a reader gets of a key that is in conflict. */
    public Outcome<V> resolve(Conflict<V> conflict) {
        try {
            return apply(resolver, conflict);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError failure) {
            return new Outcome.Unresolved<>(apply(fallback, conflict), failure);
        }
    }

    private Outcome<V> apply(ConflictResolver<V> strategy, Conflict<V> conflict) {
        Resolution<V> resolution = strategy.resolve(conflict);
        if (resolution instanceof Resolution.Pick<V> pick) {
            return outcomeOf(siblingOf(conflict, pick.version()));
        }
        if (resolution instanceof Resolution.Merged<V> merged) {
            return new Outcome.Value<>(merged.value(), Optional.empty());
        }
        if (resolution instanceof Resolution.Deleted<V>) {
            return new Outcome.Absent<>();
        }
        if (resolution instanceof Resolution.KeepAll<V>) {
            return conflict.live().isEmpty() ? new Outcome.Absent<>() : new Outcome.Siblings<>(conflict.siblings());
        }
        throw new ResolverContractException("The resolver " + strategy.name() + " answered null.");
    }

    private static <V> Version<V> siblingOf(Conflict<V> conflict, Version<V> picked) {
        for (Version<V> sibling : conflict.siblings()) {
            if (sibling.equals(picked)) {
                return sibling;
            }
        }
        throw new ResolverContractException(
                "The resolver picked the version " + picked.dot() + ", which is not among the siblings as it stands.");
    }

    private static <V> Outcome<V> outcomeOf(Version<V> version) {
        return version.isDeletion()
                ? new Outcome.Absent<>()
                : new Outcome.Value<>(version.value().orElseThrow(), Optional.of(version));
    }
}
