package io.entente.samples.resolver;

import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Resolvers;

/**
 * Merges carts so that nothing that was put in is lost, and nothing that was taken out comes back.
 *
 * <p>Dynamo's carts lost nothing either, but what was taken out came back (DeCandia et al., SOSP 2007, section 4.4): from a union of items nobody can tell what
 * one side removed from what the other side added. A common ancestor tells that of two sides. Of three it may not: when two of them took more of the same way
 * together, the ancestor of all three is older than what one of these two removed. So a {@link Cart} says itself what was taken out, and
 * any two can be merged in any order; this is the two-phase set of Shapiro et al., <i>A Comprehensive Study of Convergent and Commutative
 * Replicated Data Types</i> (2011).
 *
 * <p>An order is no deletion: it takes out all lines it ordered, and what was put in elsewhere meanwhile stays for the next one. A deletion beside a cart is
 * ignored, since it doesn't say what its writer had seen: delete a cart that nobody writes any more. What was taken out is remembered until then.
 */
public final class CartMerge implements ConflictResolver<Cart> {

    private final ConflictResolver<Cart> merging = Resolvers.merging(Cart::mergedWith);

    @Override
    public Resolution<Cart> resolve(Conflict<Cart> conflict) {
        return merging.resolve(conflict);
    }

    @Override
    public String name() {
        return "cart-merge";
    }
}
