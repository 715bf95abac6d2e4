package io.entente.core.message;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica says of membership, durably.
 *
 * @param admitted whether it may originate itself
 * @param counted by node name, the latest life of each other member that the replica has noted: of earlier ones it counts nothing any
 *     more
 */
public record Census(boolean admitted, SortedMap<String, Life> counted) {

    public Census {
        Objects.requireNonNull(counted, "counted");
        counted = Collections.unmodifiableSortedMap(new TreeMap<>(counted));
    }

    /** Whether the replica has noted exactly that life of the node. */
    public boolean counts(String node, Life life) {
        return life.equals(counted.get(node));
    }

    /** Whether the replica has noted that life of the node, or a later one. */
    public boolean countsSince(String node, Life life) {
        Life noted = counted.get(node);
        return noted != null && !life.isAfter(noted);
    }

    /** Both of one life of the same replica: lives noted only get later, and admission stays. */
    public Census join(Census other) {
        TreeMap<String, Life> later = new TreeMap<>(counted);
        other.counted.forEach((node, life) -> later.merge(node, life, (a, b) -> a.isAfter(b) ? a : b));
        return new Census(admitted || other.admitted, later);
    }
}
