package io.entente.cluster.settings;

import io.entente.conflict.merge.MergeableType;
import java.util.Objects;
import java.util.Optional;

/**
 * How a map resolves concurrent writes, or merges them.
 *
 * @param resolver by what
 * @param mergeable for a map of values that merge by themselves: their type; no resolver is asked then
 * @param quorums how many copies its requests count on, as far as that differs from other maps
 * @param home which data center takes the writes of its keys
 */
public record MapSettings(
        ResolverSettings resolver, Optional<MergeableType> mergeable, QuorumSettings quorums, HomeSettings home) {

    private static final MapSettings DEFAULTS = resolvedBy(ResolverNames.LAST_WRITER_WINS);

    /** Refuses nulls. */
    public MapSettings {
        Objects.requireNonNull(resolver, "resolver");
        Objects.requireNonNull(mergeable, "mergeable");
        Objects.requireNonNull(quorums, "quorums");
        Objects.requireNonNull(home, "home");
    }

    /** How a map resolves or merges, whose requests count on as many copies as others', and whose keys have no home. */
    public MapSettings(ResolverSettings resolver, Optional<MergeableType> mergeable) {
        this(resolver, mergeable, QuorumSettings.none(), HomeSettings.none());
    }

    /** The same map with requests that count on so many copies. */
    public MapSettings with(QuorumSettings other) {
        return new MapSettings(resolver, mergeable, other, home);
    }

    /** The same map with keys that are at home there. */
    public MapSettings with(HomeSettings other) {
        return new MapSettings(resolver, mergeable, quorums, other);
    }

    /** How a map of registers resolves concurrent writes. */
    public MapSettings(ResolverSettings resolver) {
        this(resolver, Optional.empty());
    }

    /** How a map of values that merge by themselves does so. */
    public static MapSettings merging(MergeableType type) {
        return new MapSettings(ResolverSettings.named(ResolverNames.LAST_WRITER_WINS), Optional.of(type));
    }

    /** What a map has that nobody configured: the last writer wins. */
    public static MapSettings defaults() {
        return DEFAULTS;
    }

    /**
     * A map with a resolver that is described by its name alone.
     *
     * @throws IllegalArgumentException when the name is unknown, or the resolver needs more than that
     */
    public static MapSettings resolvedBy(String resolver) {
        return new MapSettings(ResolverSettings.named(resolver));
    }
}
