package io.entente.cluster.map;

import java.util.Objects;

/**
 * One key of a map and what it holds.
 *
 * @param key the key
 * @param found a value, or several; its session is empty
 * @param <V> the type of values
 */
public record Entry<V>(String key, Found<V> found) {

    public Entry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(found, "found");
    }
}
