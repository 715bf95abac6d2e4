package io.entente.core.record;

import java.util.Objects;

/**
 * The name of a record: a map and a key inside it.
 *
 * <p>Both are kept as they came; limits on their length and alphabet are the outward surfaces' to check.
 *
 * @param map the map's name
 * @param key the key, any text
 */
public record RecordKey(String map, String key) {

    public RecordKey {
        Objects.requireNonNull(map, "map");
        Objects.requireNonNull(key, "key");
    }

    // By hand, since this is the key of the hottest maps, and the generated ones go through method handles.

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof RecordKey that && key.equals(that.key) && map.equals(that.map));
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + map.hashCode();
    }

    @Override
    public String toString() {
        return map + "/" + key;
    }
}
