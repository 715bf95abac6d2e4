package io.entente.conflict;

import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;

/** Folds the values in ascending order of their dots; deletions are ignored beside a value. */
final class Merging<V> implements ConflictResolver<V> {

    private final BinaryOperator<V> merge;

    Merging(BinaryOperator<V> merge) {
        this.merge = Objects.requireNonNull(merge, "merge");
    }

    @Override
    public Resolution<V> resolve(Conflict<V> conflict) {
        List<Version<V>> live = conflict.live();
        return switch (live.size()) {
            case 0 -> Resolution.deleted();
            case 1 -> Resolution.pick(live.get(0));
            default -> Resolution.merged(fold(live));
        };
    }

    private V fold(List<Version<V>> live) {
        V folded = live.get(0).value().orElseThrow();
        for (Version<V> next : live.subList(1, live.size())) {
            folded = Objects.requireNonNull(
                    merge.apply(folded, next.value().orElseThrow()), "The merge function returned null.");
        }
        return folded;
    }

    @Override
    public String name() {
        return "merging";
    }
}
