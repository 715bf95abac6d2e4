package io.entente.cluster.settings;

import java.util.List;
import java.util.Objects;

/**
 * How a map resolves concurrent writes.
 *
 * @param resolver a name that {@link ResolverNames} knows, or the name of a class
 * @param priority for {@code data-center-priority}: the data centers, the preferred one first; else empty
 */
public record MapSettings(String resolver, List<String> priority) {

    private static final MapSettings DEFAULTS = new MapSettings(ResolverNames.LAST_WRITER_WINS, List.of());

    /** Throws {@link IllegalArgumentException} for an unknown resolver, and a priority that is missing or idle. */
    public MapSettings {
        Objects.requireNonNull(resolver, "resolver");
        ResolverNames.check(resolver);
        priority.forEach(Rules::name);
        priority = Rules.distinct("the data center", priority);
        boolean wanted = resolver.equals(ResolverNames.DATA_CENTER_PRIORITY);
        Rules.require(
                wanted || priority.isEmpty(),
                "priority = " + priority + " has no effect with the resolver " + resolver + ": remove it, or use "
                        + ResolverNames.DATA_CENTER_PRIORITY);
        Rules.require(
                !wanted || !priority.isEmpty(),
                "the resolver " + resolver + " needs a priority: list the data centers, the preferred one first");
    }

    /** What a map has that nobody configured: the last writer wins. */
    public static MapSettings defaults() {
        return DEFAULTS;
    }
}
