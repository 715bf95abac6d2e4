package io.entente.conflict.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.conflict.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HybridTimestampTest {

    @Test
    void packingKeepsBothParts() {
        HybridTimestamp time = new HybridTimestamp(0x0123_4567_89abL, 0xcdef);

        assertThat(time.packed()).isEqualTo(0x0123_4567_89ab_cdefL);
        assertThat(HybridTimestamp.of(time.packed())).isEqualTo(time);
    }

    @Test
    void everyLongIsOneTimestamp() {
        Seeds.each(500, random -> {
            long packed = random.nextLong();
            assertThat(HybridTimestamp.of(packed).packed()).isEqualTo(packed);
        });
    }

    @Test
    void packingKeepsTheOrder() {
        List<HybridTimestamp> edges = new ArrayList<>();
        for (long millis : List.of(0L, 1L, 1L << 32, 1L << 47, HybridTimestamp.MAX_MILLIS)) {
            for (int counter : List.of(0, 1, 0x7fff, 0x8000, HybridTimestamp.MAX_COUNTER)) {
                edges.add(new HybridTimestamp(millis, counter));
            }
        }
        for (HybridTimestamp a : edges) {
            for (HybridTimestamp b : edges) {
                assertThat(Integer.signum(Long.compareUnsigned(a.packed(), b.packed())))
                        .as("%s and %s", a, b)
                        .isEqualTo(Integer.signum(a.compareTo(b)));
            }
        }
        assertThat(edges).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void distanceIsOfTheWallClocksAndNeverNegative() {
        HybridTimestamp early = new HybridTimestamp(1_000, 7);
        HybridTimestamp late = new HybridTimestamp(3_500, 0);

        assertThat(early.distanceTo(late)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(late.distanceTo(early)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(early.distanceTo(new HybridTimestamp(1_000, 8))).isZero();
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HybridTimestamp(-1, 0))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new HybridTimestamp(1L << 48, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HybridTimestamp(0, 65_536))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException().isThrownBy(() -> new HybridTimestamp(0, -1));
    }

    @Test
    void theTextIsForPeople() {
        assertThat(new HybridTimestamp(1_700_000_000_000L, 3)).hasToString("1700000000000.3");
    }
}
