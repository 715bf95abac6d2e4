package io.entente.samples.spring;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a customer wants to buy. Immutable.
 *
 * @param quantities how many, by item
 */
public record Cart(SortedMap<String, Integer> quantities) {

    /** Copies the map. */
    public Cart {
        quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    }

    static Cart empty() {
        return new Cart(Collections.emptySortedMap());
    }

    Cart with(String item, int quantity) {
        SortedMap<String, Integer> more = new TreeMap<>(quantities);
        more.put(item, quantity);
        return new Cart(more);
    }

    /** What either wants, and the most of it: nothing is lost, and something taken out may come back. */
    Cart mergedWith(Cart other) {
        SortedMap<String, Integer> merged = new TreeMap<>(quantities);
        other.quantities.forEach((item, quantity) -> merged.merge(item, quantity, Math::max));
        return new Cart(merged);
    }
}
