package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The partition of a key is part of the data format: these values never change. */
class PartitioningTest {

    private final Partitioning eight = new Partitioning(8);

    @Test
    void thePartitionsOfTheseKeysAreCastInStone() {
        assertThat(Stream.of("", "a", "alice", "users/1", "ключ", "鍵", "x".repeat(1_024))
                        .map(eight::of))
                .containsExactly(2, 7, 0, 5, 6, 0, 2);
        assertThat(Stream.of("alice", "bob", "carol").map(new Partitioning(1_024)::of))
                .containsExactly(688, 229, 932);
    }

    @Test
    void keysWithTheSameBracedPartShareAPartition() {
        assertThat(eight.of("cart:{alice}")).isEqualTo(eight.of("alice")).isEqualTo(eight.of("order:{alice}:7"));
    }

    @Test
    void onlyTheFirstBracesWithSomethingInThemCount() {
        Partitioning many = new Partitioning(1_024);
        assertThat(many.of("{a}{b}")).isEqualTo(many.of("a"));
        assertThat(many.of("{}x")).isNotEqualTo(many.of(""));
        assertThat(many.of("{open")).isNotEqualTo(many.of("open"));
        assertThat(many.of("}a{b}")).isEqualTo(many.of("b"));
    }

    @Test
    void keysAreSpreadEvenly() {
        int[] counts = new int[8];
        IntStream.range(0, 80_000).forEach(i -> counts[eight.of("key-" + i)]++);
        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }

    @Test
    void noPartitionsAreRefused() {
        assertThatThrownBy(() -> new Partitioning(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }
}
