package io.entente.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entente.cluster.map.CodecException;
import io.entente.samples.resolver.Cart;
import io.entente.samples.resolver.Cart.Line;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartTextTest {

    private static final Cart CART = Cart.empty()
            .put("b", new Line("green tea", 2))
            .put("a", new Line("Käse", 1))
            .put("c", new Line("milk", 3))
            .remove("c");

    private final CartText codec = new CartText();

    @Test
    void aCartIsReadAsItWasWritten() {
        assertThat(codec.decode(codec.encode(CART))).isEqualTo(CART);
        assertThat(codec.decode(codec.encode(Cart.empty()))).isEqualTo(Cart.empty());
    }

    @Test
    void peopleCanReadIt() {
        assertThat(new String(codec.encode(CART), StandardCharsets.UTF_8)).isEqualTo("+a 1 Käse\n+b 2 green tea\n-c\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tea", "+a tea", "+a 0 tea", "+a 1 tea\n-a", "+a 1 "})
    void whatIsNoCartIsRefused(String text) {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> codec.decode(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() {
        Cart cart = Cart.empty().put("two words", new Line("tea", 1));
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> codec.encode(cart))
                .withMessageContaining("two words");
    }
}
