package io.entente.cluster.conflict;

import io.entente.core.record.RecordKey;
import java.util.Objects;
import java.util.Optional;

/**
 * Which conflicts somebody wants to see.
 *
 * @param map those of this map alone
 * @param key those of this key alone, in whichever map
 */
public record ConflictFilter(Optional<String> map, Optional<String> key) {

    private static final ConflictFilter ALL = new ConflictFilter(Optional.empty(), Optional.empty());

    public ConflictFilter {
        Objects.requireNonNull(map, "map");
        Objects.requireNonNull(key, "key");
    }

    /** Every conflict. */
    public static ConflictFilter all() {
        return ALL;
    }

    /** The conflicts of one map. */
    public static ConflictFilter map(String map) {
        return new ConflictFilter(Optional.of(map), Optional.empty());
    }

    /** The conflicts of one key. */
    public static ConflictFilter key(String map, String key) {
        return new ConflictFilter(Optional.of(map), Optional.of(key));
    }

    boolean wants(RecordKey record) {
        return map.map(record.map()::equals).orElse(true)
                && key.map(record.key()::equals).orElse(true);
    }

    /** The one record whose conflicts are wanted, where it is one. */
    Optional<RecordKey> record() {
        return map.flatMap(name -> key.map(inMap -> new RecordKey(name, inMap)));
    }
}
