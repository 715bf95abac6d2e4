package io.entente.cluster.map;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * A map that is replicated to all data centers and written in each. Thread-safe; nothing blocks.
 *
 * <p>Every stage that fails does so with an {@link EntenteException}, which says whether the write was applied. Stages complete on
 * Entente's threads: what depends on them must not block.
 *
 * @param <V> the type of values
 */
public interface ReplicatedMap<V> {

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

    /** What a key holds. */
    CompletionStage<Found<V>> get(String key, ReadOptions options);

    /** Writes a value over all the accepting replica holds. */
    default CompletionStage<Written> put(String key, V value) {
        return put(key, value, writing());
    }

    /** Writes a value. */
    CompletionStage<Written> put(String key, V value, WriteOptions options);

    /** {@link #update(String, Function, WriteOptions)}, as {@link #writing()} has it. */
    default CompletionStage<Written> update(String key, Function<Optional<V>, V> change) {
        return update(key, change, writing());
    }

    /**
     * Changes a value, atomically at the accepting replica: no other write there comes between what {@code change} was given and
     * what it makes of it. Concurrent updates in other data centers are conflicts like any.
     *
     * <p>When another write comes first, {@code change} is called again with the newer value, up to 100 times within the timeout;
     * then the update fails as {@link NotAppliedException.Reason#OUTRUN}. It must be free of side effects, must not block, must
     * not modify what it is given and must not return null; what it throws fails the stage as it is, with nothing written. A key
     * that is unresolved, or has several versions to choose from, is refused as
     * {@link NotAppliedException.Reason#UNRESOLVED}.
     *
     * @param options write concern and timeout; an update has no other condition
     */
    CompletionStage<Written> update(String key, Function<Optional<V>, V> change, WriteOptions options);

    /** Deletes what the accepting replica holds. */
    default CompletionStage<Written> delete(String key) {
        return delete(key, writing());
    }

    /** Deletes a key. A deletion competes with concurrent writes as the map's resolver has it. */
    CompletionStage<Written> delete(String key, WriteOptions options);

    /** The first entries whose keys begin with a prefix, as the nearest replica holds them. */
    default CompletionStage<Page<Entry<V>>> entries(String prefix) {
        return entries(PageRequest.of(prefix));
    }

    /** Some entries, as the nearest replica holds them. */
    CompletionStage<Page<Entry<V>>> entries(PageRequest request);

    /** Every change from now on, of whichever origin. */
    default Flow.Publisher<Change<V>> changes() {
        return changes(ChangesRequest.all());
    }

    /**
     * Changes as the nearest replicas commit them: a key is told once a commit, with what is found there when it is told. To have a copy of the map, follow it and
     * then read its entries; when some were {@linkplain Change.Missed missed}, read them again. A subscriber that is slow costs no memory; it must not
     * block. It is completed when the node stops, and failed when a change could not be told, after which the last position still holds.
     *
     * @throws NotAppliedException as {@link NotAppliedException.Reason#NOT_REMEMBERED} where the position can't be gone on from: the changes are
     *     forgotten, or the node was restarted; and as {@link NotAppliedException.Reason#NOT_READY} where the node doesn't hold all partitions
     */
    Flow.Publisher<Change<V>> changes(ChangesRequest request);
}
