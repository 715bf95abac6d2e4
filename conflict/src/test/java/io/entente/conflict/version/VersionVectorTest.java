package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionVectorTest {

    private static final Origin EU = new Origin("eu", "eu-1", 1, 1);
    private static final Origin US = new Origin("us", "us-1", 2, 2);
    private static final Origin AP = new Origin("ap", "ap-1", 3, 3);

    @Test
    void anOriginThatIsAbsentHasSequenceZero() {
        VersionVector vector = VersionVector.of(EU, 3);

        assertThat(vector.sequenceOf(EU)).isEqualTo(3);
        assertThat(vector.sequenceOf(US)).isZero();
        assertThat(VersionVector.empty().sequenceOf(EU)).isZero();
    }

    @Test
    void aVectorContainsTheDotsUpToEachSequence() {
        VersionVector vector = VersionVector.of(EU, 3);

        assertThat(vector.contains(new Dot(EU, 1))).isTrue();
        assertThat(vector.contains(new Dot(EU, 3))).isTrue();
        assertThat(vector.contains(new Dot(EU, 4))).isFalse();
        assertThat(vector.contains(new Dot(US, 1))).isFalse();
    }

    @Test
    void componentsOfSequenceZeroAreNotKept() {
        assertThat(VersionVector.of(EU, 0)).isSameAs(VersionVector.empty());
        assertThat(VersionVector.of(Map.of(EU, 0L, US, 2L))).isEqualTo(VersionVector.of(US, 2));
        assertThat(VersionVector.empty().isEmpty()).isTrue();
        assertThat(VersionVector.of(US, 2).isEmpty()).isFalse();
    }

    @Test
    void negativeSequencesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionVector.empty().with(EU, -1))
                .withMessageContaining("-1")
                .withMessageContaining("eu/eu-1/");
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionVector.Builder().raise(EU, -1));
    }

    @Test
    void raisingNeverLowers() {
        VersionVector vector = VersionVector.of(EU, 3);

        assertThat(vector.with(EU, 2)).isSameAs(vector);
        assertThat(vector.with(EU, 3)).isSameAs(vector);
        assertThat(vector.with(EU, 4).sequenceOf(EU)).isEqualTo(4);
        assertThat(vector.sequenceOf(EU)).isEqualTo(3);
    }

    @Test
    void componentsAreVisitedInTheOrderOfOrigins() {
        VersionVector vector = VersionVector.of(AP, 7).with(EU, 3).with(US, 5);

        List<Dot> visited = new ArrayList<>();
        vector.forEach((origin, sequence) -> visited.add(new Dot(origin, sequence)));
        assertThat(visited).containsExactly(new Dot(EU, 3), new Dot(US, 5), new Dot(AP, 7));
        assertThat(vector.asMap().entrySet()).containsExactly(Map.entry(EU, 3L), Map.entry(US, 5L), Map.entry(AP, 7L));
        assertThat(vector.size()).isEqualTo(3);
        assertThat(vector.originAt(1)).isEqualTo(US);
        assertThat(vector.sequenceAt(1)).isEqualTo(5);
    }

    @Test
    void theMapCannotBeChanged() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> VersionVector.of(EU, 3).asMap().put(US, 1L));
    }

    @Test
    void comparingSaysWhichSetOfWritesIsLarger() {
        VersionVector old = VersionVector.of(EU, 3);
        VersionVector later = old.with(EU, 4);
        VersionVector elsewhere = old.with(US, 1);

        assertThat(old.compare(VersionVector.of(EU, 3))).isEqualTo(Causality.EQUAL);
        assertThat(old.compare(later)).isEqualTo(Causality.BEFORE);
        assertThat(later.compare(old)).isEqualTo(Causality.AFTER);
        assertThat(later.compare(elsewhere)).isEqualTo(Causality.CONCURRENT);
    }

    @Test
    void aJoinIsTheArgumentThatDominates() {
        VersionVector low = VersionVector.of(EU, 3);
        VersionVector high = low.with(US, 5);

        assertThat(low.join(high)).isSameAs(high);
        assertThat(high.join(low)).isSameAs(high);
        assertThat(high.join(VersionVector.empty())).isSameAs(high);
        assertThat(VersionVector.of(EU, 4).join(high)).isEqualTo(high.with(EU, 4));
    }

    @Test
    void vectorsThatDifferInSequencesShareTheirOrigins() {
        VersionVector vector = VersionVector.of(EU, 3).with(US, 5);

        assertThat(vector.with(EU, 4).origins()).isSameAs(vector.origins());
        assertThat(vector.join(VersionVector.of(EU, 9)).origins()).isSameAs(vector.origins());
        assertThat(VersionVector.of(EU, 9).join(vector).origins()).isSameAs(vector.origins());
    }

    @Test
    void onlyWhatIsNewIsSent() {
        VersionVector before = VersionVector.of(EU, 3).with(US, 5);
        VersionVector now = before.with(US, 6).with(AP, 1);

        VersionVector news = now.newSince(before);
        assertThat(news).isEqualTo(VersionVector.of(US, 6).with(AP, 1));
        assertThat(before.join(news)).isEqualTo(now);
        assertThat(now.newSince(VersionVector.empty())).isSameAs(now);
        assertThat(now.newSince(now)).isSameAs(VersionVector.empty());
    }

    @Test
    void originsCanBeFoldedOut() {
        VersionVector vector = VersionVector.of(EU, 3).with(US, 5);

        assertThat(vector.without(EU::equals)).isEqualTo(VersionVector.of(US, 5));
        assertThat(vector.without(AP::equals)).isSameAs(vector);
        assertThat(vector.without(origin -> true)).isSameAs(VersionVector.empty());
    }

    @Test
    void theTotalCountsWritesAndSaturates() {
        assertThat(VersionVector.empty().total()).isZero();
        assertThat(VersionVector.of(EU, 3).with(US, 5).total()).isEqualTo(8);
        assertThat(VersionVector.of(EU, Long.MAX_VALUE).with(US, 5).total()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theTextNamesTheLastDotOfEachOrigin() {
        assertThat(VersionVector.empty()).hasToString("[]");
        assertThat(VersionVector.of(US, 5).with(EU, 3)).hasToString("[" + EU + "#3, " + US + "#5]");
    }

    @Test
    void aBuilderMayGoOnAfterItHasBuilt() {
        VersionVector.Builder builder = new VersionVector.Builder().raise(US, 5).raise(EU, 3);
        VersionVector first = builder.build();
        builder.raise(EU, 4);

        assertThat(first).isEqualTo(VersionVector.of(EU, 3).with(US, 5));
        assertThat(builder.build()).isEqualTo(VersionVector.of(EU, 4).with(US, 5));
        assertThat(builder.size()).isEqualTo(2);
        assertThat(new VersionVector.Builder(0).build()).isSameAs(VersionVector.empty());
    }

    @Test
    void equalityIsOfContentOnly() {
        VersionVector one = VersionVector.of(EU, 3).with(US, 5);
        VersionVector same = VersionVector.of(Map.of(US, 5L, new Origin("eu", "eu-1", 1, 1), 3L));

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one)
                .isNotEqualTo(one.with(EU, 4))
                .isNotEqualTo(one.with(AP, 1))
                .isNotEqualTo(one.asMap());
    }
}
