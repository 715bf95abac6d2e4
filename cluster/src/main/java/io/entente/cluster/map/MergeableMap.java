package io.entente.cluster.map;

import java.util.concurrent.CompletionStage;

/**
 * A map of values that merge by themselves: they are not written but operated on, and concurrent operations have no conflict. Thread-safe;
 * nothing blocks.
 *
 * <p>An operation costs what it changes, whatever the size of the value. It is applied once by every replica, but a client that asks
 * twice may have it done twice: after {@link OutcomeUnknownException} it may have been done already, which does no harm to a set or a
 * flag and counts twice in a counter. Every stage that fails does so with an {@link EntenteException}. Operations have no conditions.
 *
 * @param <V> the type of values
 */
public interface MergeableMap<V> {

    /** The map's name. */
    String name();

    /** How this map is read where a read doesn't say: as {@code entente.maps.<name>.r} and the mode have it, else {@link ReadOptions#local()}. */
    default ReadOptions reading() {
        return ReadOptions.local();
    }

    /** How it is written where a write doesn't say: as {@code entente.maps.<name>.w} and the mode have it, else {@link WriteOptions#async()}. */
    default WriteOptions writing() {
        return WriteOptions.async();
    }

    /** What the nearest replica holds at a key. */
    default CompletionStage<Found<V>> get(String key) {
        return get(key, reading());
    }

    /**
     * What a key holds: a value, or nothing where none was ever written or it is deleted; an emptied value is an empty one. Its context is
     * empty. A value larger than {@code entente.limits.mergeable} is refused as {@link NotAppliedException.Reason#VALUE_TOO_LARGE}.
     */
    CompletionStage<Found<V>> get(String key, ReadOptions options);

    /** Deletes what the accepting replica has seen. */
    default CompletionStage<Written> delete(String key) {
        return delete(key, writing());
    }

    /** Deletes a value as far as the accepting replica has seen it: what is done to it concurrently survives. */
    CompletionStage<Written> delete(String key, WriteOptions options);

    /**
     * Some values in key order, as the nearest replica holds them. One too large for a list of values is absent, with a reason in
     * {@link Found#unresolved()}.
     */
    CompletionStage<Page<Entry<V>>> entries(PageRequest request);

    /** Counters by key. A counter is the sum of all increments that no deletion had seen; 64 bits wide, it wraps around. */
    interface Counters extends MergeableMap<Long> {

        /** {@link #increment(String, long, WriteOptions)}, as {@link #writing()} has it. */
        default CompletionStage<Written> increment(String key, long by) {
            return increment(key, by, writing());
        }

        /** Adds to a counter; a negative number is subtracted. */
        CompletionStage<Written> increment(String key, long by, WriteOptions options);
    }

    /** Flags by key. Of concurrent switches one to on wins, or one to off, as the map's type has it. */
    interface Flags extends MergeableMap<Boolean> {

        /** {@link #set(String, boolean, WriteOptions)}, as {@link #writing()} has it. */
        default CompletionStage<Written> set(String key, boolean on) {
            return set(key, on, writing());
        }

        /** Switches a flag on or off. */
        CompletionStage<Written> set(String key, boolean on, WriteOptions options);
    }

    /**
     * Sets by key. Of a concurrent adding and removing of one element the adding wins, or the removing, as the map's type has it. Elements are
     * equal when their JSON is.
     *
     * @param <E> the type of elements
     */
    interface Sets<E> extends MergeableMap<java.util.Set<E>> {

        /** {@link #add(String, Object, WriteOptions)}, as {@link #writing()} has it. */
        default CompletionStage<Written> add(String key, E element) {
            return add(key, element, writing());
        }

        /** Adds an element. */
        CompletionStage<Written> add(String key, E element, WriteOptions options);

        /** {@link #remove(String, Object, WriteOptions)}, as {@link #writing()} has it. */
        default CompletionStage<Written> remove(String key, E element) {
            return remove(key, element, writing());
        }

        /** Removes an element. */
        CompletionStage<Written> remove(String key, E element, WriteOptions options);

        /** {@link #contains(String, Object, ReadOptions)} at the nearest replica. */
        default CompletionStage<Boolean> contains(String key, E element) {
            return contains(key, element, reading());
        }

        /** Whether a set holds an element; costs the same whatever the size of the set. */
        CompletionStage<Boolean> contains(String key, E element, ReadOptions options);
    }

    /**
     * Multi-value registers by key: each holds the values that nobody has replaced who had seen them.
     *
     * @param <V> the type of values
     */
    interface Registers<V> extends MergeableMap<java.util.List<V>> {

        /** {@link #set(String, Object, WriteOptions)}, as {@link #writing()} has it. */
        default CompletionStage<Written> set(String key, V value) {
            return set(key, value, writing());
        }

        /** Replaces the values that the accepting replica has seen by one. */
        CompletionStage<Written> set(String key, V value, WriteOptions options);
    }

    /** Maps of fields by key; each field has a type of its own and merges as that does. Values are JSON objects. */
    interface Documents extends MergeableMap<com.fasterxml.jackson.databind.JsonNode> {

        /** {@link #update(String, FieldUpdate, WriteOptions)}, as {@link #writing()} has it. */
        default CompletionStage<Written> update(String key, FieldUpdate update) {
            return update(key, update, writing());
        }

        /** Does what the update says to some fields, all at once or none. */
        CompletionStage<Written> update(String key, FieldUpdate update, WriteOptions options);
    }
}
