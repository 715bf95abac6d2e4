package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sets of partitions and their text. */
class PartitionsTest {

    @Test
    void bitsAreReadAsTheyWereWritten() {
        for (Partitions some : List.of(Partitions.none(), Partitions.all(1_024), of(0), of(9), of(3, 1_023))) {
            assertThat(Partitions.ofBits(some.bits())).isEqualTo(some);
        }
    }

    @Test
    void theTextIsPartOfTheFormat() {
        assertThat(of(0, 1, 8).bits()).isEqualTo("0301");
        assertThat(Partitions.none().bits()).isEmpty();
    }

    @Test
    void garbageIsRefused() {
        for (String text : List.of("0", "zz", "00".repeat(8_193))) {
            assertThatThrownBy(() -> Partitions.ofBits(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(65_536)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUnionHasBoth() {
        assertThat(of(0, 1).with(of(1, 5))).isEqualTo(of(0, 1, 5));
        assertThat(of(0, 1).contains(1)).isTrue();
        assertThat(of(0, 1).contains(2)).isFalse();
    }

    private static Partitions of(Integer... numbers) {
        SortedSet<Integer> some = new TreeSet<>(List.of(numbers));
        return new Partitions(some);
    }
}
