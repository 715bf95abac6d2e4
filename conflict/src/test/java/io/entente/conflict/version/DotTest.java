package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.conflict.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 2);
    private static final String EU_TEXT = "eu/eu-1/0000000000010000000000000002";

    @Test
    void theTextIsTheOriginAndTheSequence() {
        assertThat(new Dot(EU, 42)).hasToString(EU_TEXT + "#42");
    }

    @Test
    void everyDotIsReadBackFromItsText() {
        Seeds.each(200, random -> {
            Dot dot = new Dot(EU, 1 + (random.nextLong() >>> 1 >>> random.nextInt(62)));
            assertThat(Dot.parse(dot.toString())).isEqualTo(dot).hasSameHashCodeAs(dot);
        });
        Dot last = new Dot(EU, Long.MAX_VALUE);
        assertThat(Dot.parse(last.toString())).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#1",
                EU_TEXT,
                EU_TEXT + "#",
                EU_TEXT + "#0",
                EU_TEXT + "#01",
                EU_TEXT + "#+1",
                EU_TEXT + "#-1",
                EU_TEXT + "# 1",
                EU_TEXT + "#1 ",
                EU_TEXT + "#1#2",
                EU_TEXT + "#9223372036854775808",
                EU_TEXT + "#\u0663"
            })
    void anyOtherTextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Dot.parse(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void sequencesStartAtOne(long sequence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dot(EU, sequence))
                .withMessageContaining(String.valueOf(sequence));
    }

    @Test
    void theOrderIsByOriginThenSequenceAndTotal() {
        List<Dot> domain = new ArrayList<>();
        for (long start = 1; start <= 3; start++) {
            for (long sequence : List.of(1L, 2L, 10L, Long.MAX_VALUE)) {
                domain.add(new Dot(new Origin("eu", "eu-1", start, -start), sequence));
            }
        }
        OrderLaws.check(domain);
        assertThat(domain).isSorted();
    }
}
