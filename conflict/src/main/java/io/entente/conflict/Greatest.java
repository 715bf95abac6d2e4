package io.entente.conflict;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Picks the value that is greatest in an order, ties by last-writer-wins; deletions lose against any value. */
final class Greatest<V> implements ConflictResolver<V> {

    private final String name;
    private final Comparator<Version<V>> order;

    Greatest(String name, Comparator<? super V> order) {
        Objects.requireNonNull(order, "order");
        Comparator<Version<V>> byValue =
                (a, b) -> order.compare(a.value().orElseThrow(), b.value().orElseThrow());
        this.name = name;
        this.order = byValue.thenComparing(Version.byTime());
    }

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        List<Version<V>> live = conflict.live();
        return live.isEmpty() ? Resolution.deleted() : Resolution.pick(Collections.max(live, order));
    }

    @Override
    public String name() {
        return name;
    }
}
