package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.conflict.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    private static final long MAX_MILLIS = (1L << 48) - 1;

    @Test
    void theTextGivesNamesThenTwelveDigitsOfTimeThenSixteenOfChance() {
        Origin origin = new Origin("eu", "eu-1", 0x18f_a12b_34cdL, 0xfeL);

        assertThat(origin).hasToString("eu/eu-1/018fa12b34cd00000000000000fe");
        assertThat(Origin.parse("eu/eu-1/018fa12b34cd00000000000000fe")).isEqualTo(origin);
    }

    @Test
    void everyOriginIsReadBackFromItsText() {
        Seeds.each(500, random -> {
            Origin origin = any(random);
            Origin read = Origin.parse(origin.toString());
            assertThat(read).isEqualTo(origin).hasSameHashCodeAs(origin).isEqualByComparingTo(origin);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eu",
                "eu/eu-1",
                "eu/eu-1/",
                "eu/eu-1/018fa12b34cd00000000000000f",
                "eu/eu-1/018fa12b34cd00000000000000fe0",
                "eu/eu-1/018FA12B34CD00000000000000FE",
                "eu/eu-1/018fa12b34cd00000000000000fg",
                "eu/eu-1/+18fa12b34cd00000000000000fe",
                "/eu-1/018fa12b34cd00000000000000fe",
                "eu//018fa12b34cd00000000000000fe",
                "eu/eu-1/x/018fa12b34cd00000000000000fe",
                "e u/eu-1/018fa12b34cd00000000000000fe"
            })
    void anyOtherTextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Origin.parse(text));
    }

    @Test
    void aRefusedTextIsNamedInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Origin.parse("eu/eu-1"))
                .withMessageContaining("'eu/eu-1'")
                .withMessageContaining("28 lower-case hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", ".", "_", "-", "eu-1.rack_7"})
    void namesOfLettersDigitsDotsUnderscoresAndHyphensAreTaken(String name) {
        assertThat(new Origin(name, name, 0, 0).node()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a#b", "ä", "a\n", "a:b", "a@b", "[", "`", "{"})
    void otherNamesAreRefusedByValueAndRule(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origin("eu", name, 0, 0))
                .withMessageContaining("node name '" + name + "'")
                .withMessageContaining("[A-Za-z0-9._-]{1,64}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origin(name, "eu-1", 0, 0))
                .withMessageContaining("data center name '" + name + "'");
    }

    @Test
    void aNameHasAtMostSixtyFourCharacters() {
        assertThat(new Origin("d".repeat(64), "n", 0, 0).dataCenter()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("d".repeat(65), "n", 0, 0));
    }

    @Test
    void theStartFitsIntoFortyEightBits() {
        assertThat(new Origin("eu", "eu-1", MAX_MILLIS, -1)).hasToString("eu/eu-1/" + "f".repeat(28));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Origin("eu", "eu-1", MAX_MILLIS + 1, 0))
                .withMessageContaining(String.valueOf(MAX_MILLIS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("eu", "eu-1", -1, 0));
    }

    @Test
    void theOrderIsByStartThenUnsignedChanceThenDataCenterThenNode() {
        List<Origin> ascending = List.of(
                new Origin("z", "z", 1, -1),
                new Origin("a", "a", 2, 0),
                new Origin("a", "b", 2, 0),
                new Origin("b", "a", 2, 0),
                new Origin("a", "a", 2, 1),
                new Origin("a", "a", 2, Long.MIN_VALUE),
                new Origin("a", "a", 2, -1),
                new Origin("a", "a", 3, 0));

        List<Origin> shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ascending);
    }

    @Test
    void theOrderIsTotalAndAgreesWithEquality() {
        List<Origin> domain = new ArrayList<>();
        for (String dataCenter : List.of("a", "b")) {
            for (String node : List.of("a", "b")) {
                for (long start : List.of(0L, 1L)) {
                    for (long random : List.of(0L, 1L, -1L)) {
                        domain.add(new Origin(dataCenter, node, start, random));
                    }
                }
            }
        }
        OrderLaws.check(domain);
        assertThat(domain).doesNotHaveDuplicates();
    }

    @Test
    void twoIncarnationsOfANodeAreDifferentOrigins() {
        Origin first = new Origin("eu", "eu-1", 1000, 1);
        assertThat(new Origin("eu", "eu-1", 1000, 2)).isNotEqualTo(first);
        assertThat(new Origin("eu", "eu-1", 2000, 1)).isNotEqualTo(first);
        assertThat(new Origin("eu", "eu-1", 1000, 1)).isEqualTo(first);
    }

    private static Origin any(Random random) {
        return new Origin(
                "dc" + random.nextInt(100),
                "node-" + random.nextInt(100),
                random.nextLong() & MAX_MILLIS,
                random.nextLong());
    }
}
