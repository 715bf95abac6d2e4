package io.entente.conflict.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.entente.conflict.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final Duration DRIFT = Duration.ofMillis(500);
    private static final long NOW = 1_700_000_000_000L;

    private final HybridClock clock = new HybridClock(DRIFT);

    @Test
    void itFollowsTheWallClockWhileThatRises() {
        assertThat(clock.next(NOW)).isEqualTo(new HybridTimestamp(NOW, 0));
        assertThat(clock.next(NOW + 1)).isEqualTo(new HybridTimestamp(NOW + 1, 0));
    }

    @Test
    void itCountsWhileTheWallClockStandsStillOrGoesBack() {
        clock.next(NOW);

        assertThat(clock.next(NOW)).isEqualTo(new HybridTimestamp(NOW, 1));
        assertThat(clock.next(NOW - 3_600_000)).isEqualTo(new HybridTimestamp(NOW, 2));
        assertThat(clock.latest()).isEqualTo(new HybridTimestamp(NOW, 2));
    }

    @Test
    void aFullCounterCarriesIntoTheMilliseconds() {
        clock.observe(new HybridTimestamp(NOW, HybridTimestamp.MAX_COUNTER), NOW);

        assertThat(clock.next(NOW)).isEqualTo(new HybridTimestamp(NOW + 1, 0));
        assertThat(clock.next(NOW)).isEqualTo(new HybridTimestamp(NOW + 1, 1));
    }

    @Test
    void whatComesAfterARemoteTimeIsGreater() {
        HybridTimestamp remote = new HybridTimestamp(NOW + 100, 7);

        assertThat(clock.observe(remote, NOW)).isTrue();
        assertThat(clock.next(NOW)).isEqualTo(new HybridTimestamp(NOW + 100, 8));
    }

    @Test
    void aRemoteTimeFromThePastChangesNothing() {
        HybridTimestamp own = clock.next(NOW);

        assertThat(clock.observe(new HybridTimestamp(NOW - 3_600_000, 9), NOW)).isTrue();
        assertThat(clock.latest()).isEqualTo(own);
    }

    @Test
    void aRemoteTimeFromTheFarFutureNeverPushesTheClock() {
        assertThat(clock.observe(new HybridTimestamp(NOW + 500, 0), NOW)).isTrue();
        assertThat(clock.observe(new HybridTimestamp(NOW + 501, 0), NOW)).isFalse();
        assertThat(clock.observe(new HybridTimestamp(HybridTimestamp.MAX_MILLIS, 0), NOW))
                .isFalse();
        assertThat(clock.latest()).isEqualTo(new HybridTimestamp(NOW + 500, 0));
    }

    @Test
    void aClockThatHasGivenNothingIsAtTheLowestTime() {
        assertThat(clock.latest()).isEqualTo(HybridTimestamp.MIN);
        assertThat(clock.next(0)).isGreaterThan(HybridTimestamp.MIN);
    }

    @Test
    void anyDriftMayBeAllowedButANegativeOne() {
        HybridClock lenient = new HybridClock(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(lenient.observe(new HybridTimestamp(HybridTimestamp.MAX_MILLIS, 0), 0))
                .isTrue();

        HybridClock strict = new HybridClock(Duration.ZERO);
        assertThat(strict.observe(new HybridTimestamp(NOW + 1, 0), NOW)).isFalse();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HybridClock(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void anExhaustedClockSaysSoAndRepeatsNothing() {
        HybridClock lenient = new HybridClock(Duration.ofMillis(HybridTimestamp.MAX_MILLIS));
        lenient.observe(new HybridTimestamp(HybridTimestamp.MAX_MILLIS, HybridTimestamp.MAX_COUNTER), NOW);

        assertThatIllegalStateException().isThrownBy(() -> lenient.next(NOW)).withMessageContaining("exhausted");
    }

    @Test
    void aWallClockOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.next(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> clock.next(1L << 48));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.observe(HybridTimestamp.MIN, -1));
    }

    @Test
    void timesAlwaysRiseAndStayWithinTheDrift() {
        Seeds.each(300, random -> {
            HybridClock any = new HybridClock(DRIFT);
            long wall = NOW;
            long highestWall = NOW;
            HybridTimestamp before = HybridTimestamp.MIN;
            for (int step = 0; step < 300; step++) {
                wall = Math.max(0, wall + jump(random));
                highestWall = Math.max(highestWall, wall);
                if (random.nextInt(3) == 0) {
                    any.observe(remote(wall, random), wall);
                }
                HybridTimestamp time = any.next(wall);
                assertThat(time).isGreaterThan(before);
                assertThat(time.millis()).isBetween(wall, highestWall + DRIFT.toMillis() + 1);
                before = time;
            }
        });
    }

    @Test
    void whateverHappensBeforeHasALowerTime() {
        Seeds.each(300, random -> {
            HybridClock[] nodes = {new HybridClock(DRIFT), new HybridClock(DRIFT), new HybridClock(DRIFT)};
            long[] skews = {0, random.nextInt(200), -random.nextInt(200)};
            long wall = NOW;
            for (int step = 0; step < 200; step++) {
                wall += random.nextInt(20);
                int from = random.nextInt(3);
                int to = random.nextInt(3);
                HybridTimestamp sent = nodes[from].next(wall + skews[from]);
                assertThat(nodes[to].observe(sent, wall + skews[to])).isTrue();
                assertThat(nodes[to].next(wall + skews[to])).isGreaterThan(sent);
            }
        });
    }

    private static long jump(Random random) {
        return random.nextInt(10) == 0 ? random.nextInt(7_200_000) - 3_600_000 : random.nextInt(5);
    }

    private static HybridTimestamp remote(long wall, Random random) {
        long millis = Math.max(0, wall + random.nextInt(4_000) - 2_000);
        int counter = random.nextBoolean() ? HybridTimestamp.MAX_COUNTER : random.nextInt(100);
        return new HybridTimestamp(millis, counter);
    }
}
