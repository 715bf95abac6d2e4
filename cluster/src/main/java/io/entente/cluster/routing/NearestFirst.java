package io.entente.cluster.routing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An order of data centers, the nearest first, by the round trips to them as they are measured. One moves ahead of another only when it is clearly
 * nearer, so requests don't go back and forth between two that are about as far; between these the names decide. One of which nothing is known keeps its
 * place. Thread-safe.
 */
public final class NearestFirst {

    /** Less than that, in milliseconds, is a machine that was busy for a moment. */
    static final long LEAST_GAIN_MILLIS = 10;

    /** Nearer is what saves one of so many parts of the way. */
    static final long LEAST_GAIN_PART = 5;

    private List<String> order = List.of();

    /**
     * The data centers in their order now.
     *
     * @param names the data centers as they are to be ordered where nothing else decides, each once
     * @param roundTripMillis by data center, as far as it is known
     */
    public synchronized List<String> order(List<String> names, Map<String, Long> roundTripMillis) {
        List<String> before = Set.copyOf(order).equals(Set.copyOf(names)) ? order : names;
        List<Measured> measured = new ArrayList<>();
        for (String name : before) {
            Long millis = roundTripMillis.get(name);
            if (millis != null) {
                insert(measured, new Measured(name, millis));
            }
        }
        Iterator<Measured> next = measured.iterator();
        order = before.stream()
                .map(name -> roundTripMillis.containsKey(name) ? next.next().name() : name)
                .toList();
        return order;
    }

    /** It goes ahead of those at the end that are clearly farther, up to the first that isn't. */
    private static void insert(List<Measured> ordered, Measured one) {
        int place = ordered.size();
        while (place > 0 && one.isClearlyNearerThan(ordered.get(place - 1))) {
            place--;
        }
        ordered.add(place, one);
    }

    private record Measured(String name, long roundTripMillis) {

        boolean isClearlyNearerThan(Measured other) {
            long gain = other.roundTripMillis - roundTripMillis;
            return gain >= Math.max(LEAST_GAIN_MILLIS, other.roundTripMillis / LEAST_GAIN_PART);
        }
    }
}
