package io.entente.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void equalContentMakesEqualBytes() {
        assertThat(Bytes.of((byte) 1, (byte) 2))
                .isEqualTo(Bytes.wrap(new byte[] {1, 2}))
                .hasSameHashCodeAs(Bytes.wrap(new byte[] {1, 2}))
                .isNotEqualTo(Bytes.of((byte) 1))
                .isNotEqualTo(Bytes.of((byte) 1, (byte) 3));
        assertThat(Bytes.of()).isEqualTo(Bytes.empty());
    }

    @Test
    void copiesAreIndependentOfTheirSource() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void theOrderIsThatOfUnsignedBytesAndAPrefixComesFirst() {
        List<Bytes> ascending = List.of(
                Bytes.empty(),
                Bytes.of((byte) 0),
                Bytes.of((byte) 0, (byte) 255),
                Bytes.of((byte) 1),
                Bytes.of((byte) 127),
                Bytes.of((byte) 128),
                Bytes.of((byte) 255),
                Bytes.of((byte) 255, (byte) 0));
        List<Bytes> shuffled = new ArrayList<>(ascending);
        java.util.Collections.shuffle(shuffled, new Random(1));

        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ascending);
    }

    @Test
    void aSliceIsTheRangeAndNothingElse() {
        Bytes bytes = Bytes.utf8("entente");

        assertThat(bytes.slice(2, 5)).isEqualTo(Bytes.utf8("ten"));
        assertThat(bytes.slice(0, 7)).isSameAs(bytes);
        assertThat(bytes.slice(3, 3)).isEqualTo(Bytes.empty());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes.slice(3, 8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes.slice(4, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes.at(7));
    }

    @Test
    void everyBytesStartWithTheirPrefixes() {
        Bytes bytes = Bytes.utf8("abc");

        for (int length = 0; length <= 3; length++) {
            assertThat(bytes.startsWith(bytes.slice(0, length))).isTrue();
        }
        assertThat(bytes.startsWith(Bytes.utf8("b"))).isFalse();
        assertThat(bytes.startsWith(Bytes.utf8("abcd"))).isFalse();
    }

    @Test
    void textComesBack() {
        assertThat(Bytes.utf8("schön 🙂").utf8()).isEqualTo("schön 🙂");
        assertThat(Bytes.utf8("").isEmpty()).isTrue();
    }

    @Test
    void halfASurrogatePairIsRefusedAndNotReplaced() {
        for (String broken : List.of("\uD83D", "a\uDE42", "\uD83Da", "\uDE42\uD83D")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Bytes.utf8(broken));
        }
    }

    @Test
    void theTextFormIsShort() {
        byte[] many = new byte[1000];
        Arrays.fill(many, (byte) 0xAB);

        assertThat(Bytes.of((byte) 1, (byte) 0xFF)).hasToString("0x01ff");
        assertThat(Bytes.wrap(many).toString()).hasSizeLessThan(60).endsWith("…(1000 bytes)");
    }
}
