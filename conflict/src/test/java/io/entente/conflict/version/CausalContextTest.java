package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CausalContextTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 1);
    private static final Origin US = new Origin("us", "us-1", 2, 2);
    private static final Dot EU_3 = new Dot(EU, 3);
    private static final Dot US_5 = new Dot(US, 5);

    @Test
    void theDotsAreAscendingAndDistinctHoweverTheyAreGiven() {
        CausalContext context = CausalContext.of(List.of(US_5, EU_3, US_5), false);

        assertThat(context.dots()).containsExactly(EU_3, US_5);
        assertThat(CausalContext.of(List.of(EU_3, EU_3, US_5), false)).isEqualTo(context);
        assertThat(context)
                .isEqualTo(new CausalContext(List.of(EU_3, US_5), false))
                .isEqualTo(CausalContext.of(Set.of(EU_3, US_5), false))
                .hasSameHashCodeAs(new CausalContext(List.of(US_5, EU_3), false));
    }

    @Test
    void itContainsJustWhatWasSeen() {
        CausalContext context = CausalContext.of(List.of(EU_3, US_5), false);

        assertThat(context.contains(new Dot(EU, 3))).isTrue();
        assertThat(context.contains(new Dot(EU, 2))).isFalse();
        assertThat(context.contains(new Dot(US, 3))).isFalse();
    }

    @Test
    void itIsCoveredByAVectorThatContainsAllItsDots() {
        CausalContext context = CausalContext.of(List.of(EU_3, US_5), false);

        assertThat(context.coveredBy(VersionVector.of(EU, 3).with(US, 5))).isTrue();
        assertThat(context.coveredBy(VersionVector.of(EU, 9).with(US, 4))).isFalse();
        assertThat(context.coveredBy(VersionVector.of(US, 5))).isFalse();
        assertThat(CausalContext.empty().coveredBy(VersionVector.empty())).isTrue();
    }

    @Test
    void whoHasSeenNothingHasSeenNoValue() {
        assertThat(CausalContext.empty().absent()).isTrue();
        assertThat(CausalContext.of(List.of(), true)).isSameAs(CausalContext.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> CausalContext.of(List.of(), false));
    }

    @Test
    void havingSeenADeletionDiffersFromHavingSeenAValue() {
        assertThat(CausalContext.of(List.of(EU_3), true)).isNotEqualTo(CausalContext.of(List.of(EU_3), false));
    }

    @Test
    void nobodyChangesItAfterwards() {
        List<Dot> given = new ArrayList<>(List.of(EU_3));
        CausalContext context = new CausalContext(given, false);
        given.add(US_5);

        assertThat(context.dots()).containsExactly(EU_3);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> context.dots().clear());
    }
}
