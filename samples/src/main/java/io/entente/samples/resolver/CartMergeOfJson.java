package io.entente.samples.resolver;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.JsonResolver;

/** {@link CartMerge} for configuration: {@code resolver = io.entente.samples.resolver.CartMergeOfJson}. */
public final class CartMergeOfJson extends JsonResolver<Cart> {

    /** Of carts such as {@code {"lines": {"a1": {"item": "tea", "quantity": 2}}, "removed": []}}. */
    public CartMergeOfJson() {
        super(Codec.json(Cart.class), new CartMerge());
    }
}
