package io.entente.cluster.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of maps as labels. Clients make up maps, so only the first ones get a series of their own; all others share {@value #OTHER}, which
 * is no map's name. Thread-safe.
 */
final class MapLabels {

    /** How many maps are shown by name. */
    static final int MOST = 200;

    static final String OTHER = "(other)";

    private final Set<String> named = ConcurrentHashMap.newKeySet();

    String of(String map) {
        if (named.contains(map) || (named.size() < MOST && named.add(map))) {
            return map;
        }
        return OTHER;
    }
}
