package io.entente.samples.resolver;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Version;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Merges carts item by item: each side's additions and removals count, measured by what the cart was before.
 *
 * <p>Merging the carts themselves, by union or by the greater quantity, brings removed items back, as Dynamo's carts did (DeCandia et
 * al., SOSP 2007, section 4.4): from two carts alone nobody can tell what one side removed from what the other added. The ancestor tells. With 2 teas before,
 * 3 here and 1 there, one was added and one taken away: 2.
 *
 * <p>A deleted cart counts as an empty one: whoever ordered and cleared it took out what was there then, and what was put in elsewhere meanwhile stays.
 * Less than none is none. Where no ancestor is known everything counts as added. Two customers' clicks that do the same count twice, since
 * they are two.
 */
public final class CartMerge implements ConflictResolver<Cart> {

    @Override
    public Resolution<Cart> resolve(Conflict<Cart> conflict) {
        Cart before = conflict.ancestor().flatMap(Version::value).orElse(Cart.empty());
        SortedMap<String, Integer> merged = new TreeMap<>();
        for (String item : itemsOf(conflict, before)) {
            int quantity = quantity(conflict, before, item);
            if (quantity > 0) {
                merged.put(item, quantity);
            }
        }
        boolean ordered = conflict.live().size() < conflict.siblings().size();
        return merged.isEmpty() && ordered ? Resolution.deleted() : Resolution.merged(new Cart(merged));
    }

    private static SortedSet<String> itemsOf(Conflict<Cart> conflict, Cart before) {
        SortedSet<String> items = new TreeSet<>(before.items().keySet());
        for (Version<Cart> side : conflict.siblings()) {
            items.addAll(side.value().orElse(Cart.empty()).items().keySet());
        }
        return items;
    }

    private static int quantity(Conflict<Cart> conflict, Cart before, String item) {
        long quantity = before.quantityOf(item);
        for (Version<Cart> side : conflict.siblings()) {
            quantity += side.value().orElse(Cart.empty()).quantityOf(item) - before.quantityOf(item);
        }
        return (int) Math.max(0, Math.min(Cart.MOST, quantity));
    }

    @Override
    public String name() {
        return "cart-merge";
    }

    @Override
    public boolean needsAncestor() {
        return true;
    }
}
