package io.entente.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NearestFirstTest {

    private static final List<String> NAMES = List.of("us", "ap", "eu");

    private final NearestFirst nearest = new NearestFirst();

    private List<String> order(Map<String, Long> roundTripMillis) {
        return nearest.order(NAMES, roundTripMillis);
    }

    @Test
    void whereNothingIsKnownTheNamesDecide() {
        assertThat(order(Map.of())).isEqualTo(NAMES);
    }

    @Test
    void theNearestComesFirst() {
        assertThat(order(Map.of("us", 180L, "ap", 90L, "eu", 12L))).containsExactly("eu", "ap", "us");
    }

    @Test
    void amongThoseThatAreAsFarTheNamesDecide() {
        assertThat(order(Map.of("us", 90L, "ap", 90L, "eu", 90L))).isEqualTo(NAMES);
        assertThat(order(Map.of("us", 9L, "ap", 3L, "eu", 0L)))
                .as("in one place a few milliseconds say nothing")
                .isEqualTo(NAMES);
    }

    @Test
    void aLittleNearerIsNotWorthAMove() {
        assertThat(order(Map.of("us", 100L, "ap", 70L))).containsExactly("ap", "us", "eu");
        assertThat(order(Map.of("us", 100L, "ap", 110L))).containsExactly("ap", "us", "eu");
        assertThat(order(Map.of("us", 100L, "ap", 120L))).containsExactly("ap", "us", "eu");
        assertThat(order(Map.of("us", 100L, "ap", 130L))).containsExactly("us", "ap", "eu");
    }

    @Test
    void whatTremblesDoesNotMoveAnybody() {
        Random random = new Random(42);
        for (int look = 0; look < 1_000; look++) {
            Map<String, Long> now = Map.of("us", 100L + random.nextInt(20), "ap", 100L + random.nextInt(20));
            assertThat(order(now)).isEqualTo(NAMES);
        }
    }

    @Test
    void whoIsNotMeasuredKeepsItsPlace() {
        assertThat(order(Map.of("us", 100L, "eu", 10L))).containsExactly("eu", "ap", "us");
        assertThat(order(Map.of("us", 100L))).containsExactly("eu", "ap", "us");
    }

    @Test
    void whereOneComesOrGoesItIsOrderedAnew() {
        Map<String, Long> measured = Map.of("us", 180L, "ap", 90L, "eu", 12L);
        assertThat(order(measured)).containsExactly("eu", "ap", "us");
        assertThat(nearest.order(List.of("us", "ap"), measured)).containsExactly("ap", "us");
        assertThat(nearest.order(List.of("sa", "us", "ap"), measured)).containsExactly("sa", "ap", "us");
        assertThat(nearest.order(List.of(), measured)).isEmpty();
    }

    /** Whatever is measured, nobody stands behind one that is clearly farther; and asking again changes nothing. */
    @Test
    void nobodyStandsRightBehindOneThatIsClearlyFarther() {
        Random random = new Random(7);
        for (int look = 0; look < 1_000; look++) {
            Map<String, Long> measured = new TreeMap<>();
            NAMES.forEach(name -> measured.put(name, (long) random.nextInt(200)));
            List<String> order = order(measured);
            assertThat(order).containsExactlyInAnyOrderElementsOf(NAMES);
            for (int i = 1; i < order.size(); i++) {
                long before = measured.getOrDefault(order.get(i - 1), 0L);
                long after = measured.getOrDefault(order.get(i), 0L);
                assertThat(before - after)
                        .as(order + " by " + measured)
                        .isLessThan(Math.max(NearestFirst.LEAST_GAIN_MILLIS, before / NearestFirst.LEAST_GAIN_PART));
            }
            assertThat(order(measured)).isEqualTo(order);
        }
    }
}
