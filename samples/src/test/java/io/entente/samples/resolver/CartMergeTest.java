package io.entente.samples.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.cluster.map.Codec;
import io.entente.conflict.verify.Draws;
import io.entente.conflict.verify.Law;
import io.entente.conflict.verify.ResolverVerifier;
import io.entente.samples.resolver.Cart.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What becomes of two carts of one customer. */
class CartMergeTest {

    private static final Codec<Cart> CODEC = Codec.json(Cart.class);
    private static final Cart BEFORE =
            Cart.empty().put("a1", new Line("tea", 2)).put("a2", new Line("milk", 1));

    @Test
    void whatEitherSidePutInIsThere() {
        Line tea = new Line("tea", 1);
        assertThat(merge(BEFORE.put("e1", tea), BEFORE.put("u1", tea)))
                .contains(BEFORE.put("e1", tea).put("u1", tea));
    }

    @Test
    void whatOneSideTookOutStaysAway() {
        Line eggs = new Line("eggs", 6);
        assertThat(merge(BEFORE.remove("a2"), BEFORE.put("u1", eggs)))
                .contains(BEFORE.remove("a2").put("u1", eggs));
    }

    @Test
    void anOrderTakesOutWhatItOrderedAndNothingElse() {
        Line eggs = new Line("eggs", 6);
        assertThat(merge(BEFORE.ordered(), BEFORE.put("u1", eggs)).map(Cart::lines))
                .contains(Cart.empty().put("u1", eggs).lines());
    }

    @Test
    void aLineThatIsInAndOutIsRefused() {
        Cart out = BEFORE.remove("a1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> out.put("a1", new Line("tea", 1)))
                .withMessageContaining("a1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Line("tea", 0))
                .withMessageContaining("0 of tea");
    }

    /** However the sides hear of each other, the cart holds just what was put in and not taken out by anybody. */
    @Test
    void theCartIsWhatWasPutInLessWhatWasTakenOut() {
        for (int seed = 0; seed < 300; seed++) {
            Draws draws = new Draws(seed);
            List<Cart> sides = new ArrayList<>(List.of(Cart.empty(), Cart.empty(), Cart.empty()));
            SortedSet<String> expected = new TreeSet<>();
            for (int step = 0; step < 30; step++) {
                int at = draws.between(0, 2);
                Cart cart = sides.get(at);
                int kind = draws.between(1, 3);
                if (kind == 1) {
                    expected.add("line " + step);
                    sides.set(at, cart.put("line " + step, new Line("tea", 1)));
                } else if (kind == 2 && !cart.lines().isEmpty()) {
                    expected.remove(cart.lines().firstKey());
                    sides.set(at, cart.remove(cart.lines().firstKey()));
                } else {
                    sides.set(at, merge(sides.get(draws.between(0, 2)), cart).orElseThrow());
                }
            }
            Cart end = sides.get(0).mergedWith(sides.get(2)).mergedWith(sides.get(1));
            assertThat(end.lines().keySet()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void cartMergeObeysTheLaws() {
        ResolverVerifier.of(CartMerge::new)
                .values(CartMergeTest::cart)
                .codec(CODEC::encode, CODEC::decode)
                .demanding(Law.COMMUTATIVE, Law.ASSOCIATIVE, Law.IDEMPOTENT)
                .verify();
    }

    private static Cart cart(Draws draws) {
        Cart cart = Cart.empty();
        for (String name : List.of("a", "b", "c")) {
            if (draws.percent(60)) {
                cart = cart.put(name, new Line(draws.oneOf(List.of("tea", "milk")), draws.between(1, 2)));
            } else if (draws.percent(50)) {
                cart = cart.remove(name);
            }
        }
        return cart;
    }

    private static Optional<Cart> merge(Cart eu, Cart us) {
        return Sides.merge(new CartMerge(), Optional.of(BEFORE), Optional.of(eu), Optional.of(us));
    }
}
