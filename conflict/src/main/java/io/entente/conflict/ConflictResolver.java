package io.entente.conflict;

/**
 * A strategy for concurrent writes to one key: a deterministic function of a {@link Conflict}.
 *
 * <p>It is called where a conflicting key is read or written, on every replica, with the siblings in the same
 * canonical order. So replicas agree as long as it depends on nothing but its argument: not on time, chance,
 * configuration that differs between nodes or the iteration order of hash maps. It need not commute, associate or
 * be idempotent.
 *
 * <p>It must be thread-safe, must not modify what it is handed, must not block, and is not called for a key with a
 * single version. When it throws, the siblings stay and readers get a fallback marked as unresolved.
 *
 * <p>Nodes compare {@link #name()} and {@link #version()}, not code. A lambda's class name differs between
 * processes, so wrap one with {@link Resolvers#named}.
 *
 * @param <V> the type of values
 */
@FunctionalInterface
public interface ConflictResolver<V> {

    /** What becomes of the conflict; never null. */
    Resolution<V> resolve(Conflict<V> conflict);

    /**
     * What nodes call this strategy; by default the name of its class. Nodes with equal names must behave equally.
     */
    default String name() {
        return getClass().getName();
    }

    /** Rises whenever the strategy's results change; at least 1, which is the default. */
    default int version() {
        return 1;
    }

    /**
     * Whether {@link Conflict#ancestor()} is wanted, for which superseded versions must be kept; by default not. Even then
     * there may be none: where the siblings were created independently, or descend from it over very many versions.
     */
    default boolean needsAncestor() {
        return false;
    }
}
