package io.entente.cluster.map;

import java.util.Objects;

/**
 * What somebody who follows a map is told. The value that comes with a change is read when it is told: it is what the change made of the key, or what later
 * changes did, which are told too; so who lags behind is never told an old value last.
 *
 * @param <V> the type of values
 */
public sealed interface Change<V> {

    /** Where to go on after this, in the same run of the node: {@link ChangesRequest#after}. */
    String position();

    /**
     * Readers of a key find something else than before: somebody wrote or deleted it, here or elsewhere, or a conflict came or went.
     *
     * @param key the key
     * @param found what is found there
     * @param position where to go on
     * @param <V> the type of values
     */
    record Changed<V>(String key, Found<V> found, String position) implements Change<V> {

        public Changed {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(position, "position");
        }
    }

    /**
     * A key has changed to what this map's codec can't read, or to what is too large to be told.
     *
     * @param key the key
     * @param why a full sentence
     * @param position where to go on
     * @param <V> the type of values
     */
    record Unreadable<V>(String key, String why, String position) implements Change<V> {

        public Unreadable {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(position, "position");
        }
    }

    /**
     * Changes were forgotten before they could be told, since this follower was too slow: read the map anew. Those to come follow.
     *
     * @param position where to go on
     * @param <V> the type of values
     */
    record Missed<V>(String position) implements Change<V> {

        public Missed {
            Objects.requireNonNull(position, "position");
        }
    }

    /**
     * Nothing of this map's has changed up to there: many changes of other keys were passed over. It is also the word, over HTTP, that a stream which follows from now
     * on has begun: whatever is written after it is told.
     *
     * @param position where to go on
     * @param <V> the type of values
     */
    record Passed<V>(String position) implements Change<V> {

        public Passed {
            Objects.requireNonNull(position, "position");
        }
    }
}
