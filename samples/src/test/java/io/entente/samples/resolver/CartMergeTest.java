package io.entente.samples.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.cluster.map.Codec;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.ResolverVerifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of two carts of one customer. */
class CartMergeTest {

    private static final Codec<Cart> CODEC = Codec.json(Cart.class);
    private static final Cart BEFORE = Cart.empty().with("tea", 2).with("milk", 1);

    @Test
    void whatEitherSideAddedIsThere() {
        assertThat(merge(BEFORE.with("bread", 1), BEFORE.with("tea", 3).with("eggs", 6)))
                .contains(BEFORE.with("bread", 1).with("tea", 3).with("eggs", 6));
    }

    @Test
    void whatOneSideRemovedStaysAway() {
        assertThat(merge(BEFORE.with("milk", 0), BEFORE.with("eggs", 6)))
                .contains(BEFORE.with("milk", 0).with("eggs", 6));
    }

    @Test
    void additionsAndRemovalsOfOneItemAreCountedTogether() {
        assertThat(merge(BEFORE.with("tea", 3), BEFORE.with("tea", 1))).contains(BEFORE);
        assertThat(merge(BEFORE.with("tea", 3), BEFORE.with("tea", 3))).contains(BEFORE.with("tea", 4));
        assertThat(merge(BEFORE.with("tea", 0), BEFORE.with("tea", 0))).contains(BEFORE.with("tea", 0));
    }

    @Test
    void anOrderTakesOutWhatWasThereThenAndNothingElse() {
        assertThat(Sides.merge(
                        new CartMerge(), Optional.of(BEFORE), Optional.empty(), Optional.of(BEFORE.with("eggs", 6))))
                .contains(Cart.empty().with("eggs", 6));
        assertThat(Sides.merge(new CartMerge(), Optional.of(BEFORE), Optional.of(BEFORE), Optional.empty()))
                .isEmpty();
    }

    @Test
    void cartsOfACustomerWhoHadNoneAreAddedUp() {
        Cart tea = Cart.empty().with("tea", 1);
        assertThat(Sides.merge(new CartMerge(), Optional.empty(), Optional.of(tea), Optional.of(tea)))
                .contains(Cart.empty().with("tea", 2));
    }

    @Test
    void cartMergeObeysTheLaws() {
        ResolverVerifier.of(CartMerge::new)
                .values(CartMergeTest::cart)
                .codec(CODEC::encode, CODEC::decode)
                .verify();
    }

    private static Cart cart(Draws draws) {
        Cart cart = Cart.empty();
        for (String item : List.of("tea", "milk", "eggs")) {
            cart = cart.with(item, draws.between(0, 2));
        }
        return cart;
    }

    private static Optional<Cart> merge(Cart eu, Cart us) {
        return Sides.merge(new CartMerge(), Optional.of(BEFORE), Optional.of(eu), Optional.of(us));
    }
}
