package io.entente.cluster.retirement;

import io.entente.conflict.version.Dot;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of writing lost writes back.
 *
 * @param written the new writes, by the dots of the lost ones
 * @param refused why a write could not be made, by the dot of the lost one; it can be tried again
 * @param left how many lost writes there still are among those asked for, up to the most that are looked at once
 */
public record SalvageOutcome(SortedMap<Dot, Dot> written, SortedMap<Dot, String> refused, int left) {

    public SalvageOutcome {
        written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }
}
