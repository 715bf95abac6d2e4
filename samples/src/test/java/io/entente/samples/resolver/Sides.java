package io.entente.samples.resolver;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.GuardedResolver;
import io.entente.conflict.Outcome;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.util.List;
import java.util.Optional;

/** Conflicts to write tests with: eu wrote first, us after it, both after the ancestor. */
final class Sides {

    private static final List<String> DATA_CENTERS = List.of("eu", "us");

    private Sides() {}

    /** What two sides read as; empty stands for a deletion, or for no ancestor. */
    static <V> Optional<V> merge(ConflictResolver<V> resolver, Optional<V> ancestor, Optional<V> eu, Optional<V> us) {
        Conflict<V> conflict = new Conflict<>(
                "map",
                "key",
                List.of(version("eu", 10, eu), version("us", 20, us)),
                ancestor.map(before -> version("eu", 1, Optional.of(before))));
        Outcome<V> outcome = GuardedResolver.of(resolver).resolve(conflict);
        if (outcome instanceof Outcome.Value<V> value) {
            return Optional.of(value.value());
        }
        if (outcome instanceof Outcome.Absent<V>) {
            return Optional.empty();
        }
        throw new AssertionError(outcome.toString());
    }

    private static <V> Version<V> version(String dataCenter, long millis, Optional<V> value) {
        Origin origin = new Origin(dataCenter, dataCenter + "-1", 1 + DATA_CENTERS.indexOf(dataCenter), 0);
        return new Version<>(new Dot(origin, millis), new HybridTimestamp(millis, 0), dataCenter, value);
    }
}
