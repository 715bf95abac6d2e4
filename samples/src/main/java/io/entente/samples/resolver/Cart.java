package io.entente.samples.resolver;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a customer wants to buy. Immutable.
 *
 * @param items how many of each item, 1 to {@value #MOST}
 */
public record Cart(SortedMap<String, Integer> items) {

    /** The most of one item. */
    public static final int MOST = 10_000;

    /** Copies the map; throws {@link IllegalArgumentException} for a quantity out of range. */
    public Cart {
        items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
        items.forEach((item, quantity) -> {
            if (quantity < 1 || quantity > MOST) {
                throw new IllegalArgumentException(
                        quantity + " of " + item + " is out of range: a cart holds 1 to " + MOST + " of an item");
            }
        });
    }

    /** A cart with nothing in it. */
    public static Cart empty() {
        return new Cart(Collections.emptySortedMap());
    }

    /** How many of an item; 0 for one that isn't there. */
    public int quantityOf(String item) {
        return items.getOrDefault(item, 0);
    }

    /** This cart with so many of an item; none removes it. */
    public Cart with(String item, int quantity) {
        SortedMap<String, Integer> changed = new TreeMap<>(items);
        if (quantity == 0) {
            changed.remove(item);
        } else {
            changed.put(item, quantity);
        }
        return new Cart(changed);
    }
}
