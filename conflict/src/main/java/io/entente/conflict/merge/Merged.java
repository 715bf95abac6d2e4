package io.entente.conflict.merge;

import io.entente.conflict.Version;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a mergeable value reads as. Immutable.
 *
 * @param <C> what registers hold
 */
public sealed interface Merged<C> {

    /**
     * A counter's sum.
     *
     * @param sum the sum
     * @param <C> what registers hold
     */
    record Sum<C>(long sum) implements Merged<C> {}

    /**
     * A flag.
     *
     * @param on whether it is on
     * @param <C> what registers hold
     */
    record Flag<C>(boolean on) implements Merged<C> {}

    /**
     * A set.
     *
     * @param elements the elements, sorted
     * @param <C> what registers hold
     */
    record Elements<C>(List<String> elements) implements Merged<C> {

        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A multi-value register.
     *
     * @param values the values that nobody has replaced who had seen them, in the order of their dots, at least one
     * @param <C> what registers hold
     */
    record Values<C>(List<Version<C>> values) implements Merged<C> {

        public Values {
            values = List.copyOf(values);
        }
    }

    /**
     * A register that is a field of a map.
     *
     * @param value the last writer's value
     * @param <C> what registers hold
     */
    record Single<C>(C value) implements Merged<C> {

        public Single {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A map.
     *
     * @param fields by name and type; two types at one name are two fields
     * @param unknown how many of its parts are of types that this version doesn't know
     * @param <C> what registers hold
     */
    record Fields<C>(SortedMap<String, SortedMap<MergeableType, Merged<C>>> fields, int unknown) implements Merged<C> {

        public Fields {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }
}
