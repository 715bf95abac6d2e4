package io.entente.conflict;

import java.util.Objects;

/**
 * What a {@link ConflictResolver} makes of a conflict.
 *
 * <p>Immutable and thread-safe as far as the values are.
 *
 * @param <V> the type of values
 */
public sealed interface Resolution<V> {

    /** One of the siblings is the key's version; if it is a deletion, the key is absent. */
    static <V> Resolution<V> pick(Version<V> version) {
        return new Pick<>(version);
    }

    /** A value made from the siblings is the key's value. */
    static <V> Resolution<V> merged(V value) {
        return new Merged<>(value);
    }

    /** The key is absent. */
    static <V> Resolution<V> deleted() {
        return new Deleted<>();
    }

    /** The application decides: readers get all siblings, and write back with the context. */
    static <V> Resolution<V> keepAll() {
        return new KeepAll<>();
    }

    /**
     * One of the siblings is the key's version.
     *
     * @param version a sibling of the conflict, as it was handed in
     * @param <V> the type of values
     */
    record Pick<V>(Version<V> version) implements Resolution<V> {
        /** Refuses null. */
        public Pick {
            Objects.requireNonNull(version, "A resolver must pick a sibling, not null.");
        }
    }

    /**
     * A value made from the siblings is the key's value.
     *
     * @param value the value, not null
     * @param <V> the type of values
     */
    record Merged<V>(V value) implements Resolution<V> {
        /** Refuses null. */
        public Merged {
            Objects.requireNonNull(value, "A merged value must not be null; to delete the key, resolve to deleted().");
        }
    }

    /**
     * The key is absent.
     *
     * @param <V> the type of values
     */
    record Deleted<V>() implements Resolution<V> {}

    /**
     * All siblings are kept for the application to choose.
     *
     * @param <V> the type of values
     */
    record KeepAll<V>() implements Resolution<V> {}
}
