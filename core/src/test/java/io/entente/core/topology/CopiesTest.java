package io.entente.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private static final NodeId EU_1 = new NodeId("eu", "eu-1");
    private static final NodeId EU_2 = new NodeId("eu", "eu-2");
    private static final NodeId US_1 = new NodeId("us", "us-1");

    @Test
    void ranksAreKept() {
        Copies copies = new Copies(new TreeMap<>(Map.of("eu", List.of(EU_2, EU_1), "us", List.of(US_1))));
        assertThat(copies.in("eu")).containsExactly(EU_2, EU_1);
        assertThat(copies.nodes()).containsExactly(EU_1, EU_2, US_1);
        assertThat(copies.in("ap")).isEmpty();
    }

    @Test
    void withoutRanksTheNameDecides() {
        assertThat(Copies.of(List.of(US_1, EU_2, EU_1)).in("eu")).containsExactly(EU_1, EU_2);
    }

    @Test
    void aNodeIsAddedOnceAndLast() {
        Copies copies = Copies.of(List.of(EU_2)).with(EU_1);
        assertThat(copies.in("eu")).containsExactly(EU_2, EU_1);
        assertThat(copies.with(EU_2)).isEqualTo(copies);
    }

    @Test
    void aStandInCountsOnlyForAHomeThatIsSilentAndOfItsDataCenter() {
        NodeId eu3 = new NodeId("eu", "eu-3");
        NodeId us2 = new NodeId("us", "us-2");
        Copies copies = Copies.of(List.of(EU_1, EU_2, eu3, US_1, us2)).standingIn(List.of(eu3, us2));
        assertThat(copies.homes()).containsExactly(EU_1, EU_2, US_1);
        assertThat(copies.homesIn("eu")).containsExactly(EU_1, EU_2);
        assertThat(copies.counting(List.of(EU_1, eu3), home -> false)).containsExactly(EU_1);
        assertThat(copies.counting(List.of(EU_1, eu3), EU_2::equals)).containsExactly(EU_1, eu3);
        assertThat(copies.counting(List.of(EU_1, eu3), US_1::equals)).containsExactly(EU_1);
        assertThat(copies.counting(List.of(EU_1, EU_2, eu3), EU_2::equals)).containsExactly(EU_1, EU_2);
    }

    @Test
    void thereAreNeverMoreThatCountThanHomes() {
        NodeId eu3 = new NodeId("eu", "eu-3");
        NodeId eu4 = new NodeId("eu", "eu-4");
        Copies copies = Copies.of(List.of(EU_1, EU_2, eu3, eu4)).standingIn(List.of(eu3, eu4));
        assertThat(copies.counting(List.of(EU_1, eu3, eu4), home -> true)).containsExactly(EU_1, eu3);
        assertThat(copies.counting(copies.nodes(), home -> true)).containsExactly(EU_1, EU_2);
    }

    @Test
    void aStandInHoldsACopy() {
        assertThatThrownBy(() -> Copies.of(List.of(EU_1)).standingIn(List.of(EU_2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eu/eu-2");
    }

    @Test
    void aNodeIsListedInItsOwnDataCenterAndOnce() {
        assertThatThrownBy(() -> new Copies(new TreeMap<>(Map.of("eu", List.of(US_1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("us/us-1");
        assertThatThrownBy(() -> new Copies(new TreeMap<>(Map.of("eu", List.of(EU_1, EU_1)))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
