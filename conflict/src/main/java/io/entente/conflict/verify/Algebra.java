package io.entente.conflict.verify;

import io.entente.conflict.Conflict;
import io.entente.conflict.Outcome;
import io.entente.conflict.Version;
import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import java.util.List;
import java.util.Optional;

/** The optional laws, on the first values that a history writes: the resolver as a function of two values written at the same time. */
final class Algebra<V> {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 0);
    private static final Origin US = new Origin("us", "us-1", 2, 0);

    private final Laws<V> laws;
    private final List<V> values;

    Algebra(Laws<V> laws, History<V> history) {
        this.laws = laws;
        this.values = history.steps().stream()
                .filter(step -> step instanceof History.Write<V>)
                .flatMap(step -> ((History.Write<V>) step).value().stream())
                .toList();
    }

    Optional<String> brokenLaw(Law law) {
        return switch (law) {
            case COMMUTATIVE -> values.size() < 2 ? Optional.empty() : commutes(values.get(0), values.get(1));
            case ASSOCIATIVE ->
                values.size() < 3 ? Optional.empty() : associates(values.get(0), values.get(1), values.get(2));
            case IDEMPOTENT -> values.isEmpty() ? Optional.empty() : repeats(values.get(0));
            default -> throw new IllegalArgumentException(law + " is no law of algebra.");
        };
    }

    private Optional<String> commutes(V a, V b) {
        Outcome<V> ab = merge(a, b);
        Outcome<V> ba = merge(b, a);
        return Laws.same(ab, ba)
                ? Optional.empty()
                : Optional.of(a + " at eu and " + b + " at us give " + Laws.words(ab) + ", the other way round "
                        + Laws.words(ba));
    }

    private Optional<String> associates(V a, V b, V c) {
        Optional<Outcome<V>> left = value(merge(a, b)).map(ab -> merge(ab, c));
        Optional<Outcome<V>> right = value(merge(b, c)).map(bc -> merge(a, bc));
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.of(
                    "two of " + a + ", " + b + " and " + c + " give no value, so there is nothing to go on with");
        }
        return Laws.same(left.get(), right.get())
                ? Optional.empty()
                : Optional.of("with " + a + ", " + b + " and " + c + ", the first two first give "
                        + Laws.words(left.get()) + ", the last two first " + Laws.words(right.get()));
    }

    private Optional<String> repeats(V a) {
        Outcome<V> twice = merge(a, a);
        return value(twice).filter(a::equals).isPresent()
                ? Optional.empty()
                : Optional.of(a + " twice gives " + Laws.words(twice));
    }

    private Outcome<V> merge(V a, V b) {
        HybridTimestamp time = new HybridTimestamp(1, 0);
        return laws.resolve(Conflict.of(
                Play.MAP, Play.KEY, List.of(Version.of(new Dot(EU, 1), time, a), Version.of(new Dot(US, 1), time, b))));
    }

    private Optional<V> value(Outcome<V> outcome) {
        return outcome instanceof Outcome.Value<V> made ? Optional.of(made.value()) : Optional.empty();
    }
}
