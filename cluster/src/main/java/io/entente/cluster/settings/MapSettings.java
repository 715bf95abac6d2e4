package io.entente.cluster.settings;

import java.util.Objects;

/**
 * How a map resolves concurrent writes.
 *
 * @param resolver by what
 */
public record MapSettings(ResolverSettings resolver) {

    private static final MapSettings DEFAULTS = resolvedBy(ResolverNames.LAST_WRITER_WINS);

    /** Refuses null. */
    public MapSettings {
        Objects.requireNonNull(resolver, "resolver");
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
