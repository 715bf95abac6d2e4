package io.entente.conflict.verify;

import io.entente.conflict.ConflictResolver;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is verified, and how its values are made, copied and written down.
 *
 * @param resolver makes the resolver, anew for each replica
 * @param values makes a value of what is drawn
 * @param codec how values become bytes, where that is to be verified too
 * @param source gives a value's Java source
 * @param <V> the type of values
 */
record Subject<V>(
        Supplier<? extends ConflictResolver<V>> resolver,
        Function<Draws, ? extends V> values,
        Optional<ValueCodec<V>> codec,
        Function<? super V, String> source) {}
