package io.entente.core.message;

import io.entente.conflict.version.Origin;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica says of membership, durably.
 *
 * @param admitted whether it may originate itself
 * @param counted by node name, the latest life of each other member that the replica has noted: of earlier ones it counts nothing any
 *     more
 * @param retired by node name, the members whose writes the replica applies no further than the remaining ones have them
 * @param opened the origins of members that came back after they had been retired, each with the term of its memory: what retirements
 *     of earlier terms say doesn't concern them
 */
public record Census(
        boolean admitted,
        SortedMap<String, Life> counted,
        SortedMap<String, Retirement> retired,
        SortedMap<Origin, Long> opened) {

    public Census {
        counted = copyOf(counted);
        retired = copyOf(retired);
        opened = copyOf(opened);
    }

    /** Two of the three maps are empty in most censuses, and every report has one. */
    private static <K extends Comparable<K>, V> SortedMap<K, V> copyOf(SortedMap<K, V> map) {
        return map.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** A census of a replica that knows of no retirement. */
    public Census(boolean admitted, SortedMap<String, Life> counted) {
        this(admitted, counted, Collections.emptySortedMap(), Collections.emptySortedMap());
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

    /** Whether the replica applies that member's writes of that term, and of earlier ones, no further than the remaining members have them. */
    public boolean hasRetired(String node, long term) {
        Retirement known = retired.get(node);
        return known != null && known.term() >= term;
    }

    /** Whether the replica, moreover, holds all of these, and no longer counts the member. */
    public boolean hasSealed(String node, long term) {
        Retirement known = retired.get(node);
        return known != null && (known.term() > term || (known.term() == term && known.sealed()));
    }

    /** Both of one life of the same replica: lives noted only get later, and admission and retirements stay. */
    public Census join(Census other) {
        if (equals(other)) {
            return this;
        }
        TreeMap<String, Life> later = new TreeMap<>(counted);
        other.counted.forEach((node, life) -> later.merge(node, life, (a, b) -> a.isAfter(b) ? a : b));
        TreeMap<String, Retirement> retirements = new TreeMap<>(retired);
        other.retired.forEach((node, retirement) -> retirements.merge(node, retirement, Retirement::join));
        TreeMap<Origin, Long> origins = new TreeMap<>(opened);
        other.opened.forEach((origin, term) -> origins.merge(origin, term, Math::max));
        return new Census(admitted || other.admitted, later, retirements, origins);
    }
}
