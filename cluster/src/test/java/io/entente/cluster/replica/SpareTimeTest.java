package io.entente.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What replicas do in spare time takes its share of the time, however many they are. */
class SpareTimeTest {

    private static final long MILLI = 1_000_000L;

    private long now = -5;

    @Test
    void whoHasWorkedPausesUntilTheShareIsKept() {
        SpareTime quarter = new SpareTime(25, () -> now);
        now += 10 * MILLI;
        assertThat(quarter.pauseAfter(10 * MILLI)).isEqualTo(30 * MILLI);
    }

    @Test
    void severalTogetherHaveTheShareOfOne() {
        SpareTime quarter = new SpareTime(25, () -> now);
        long begin = now;
        long[] freeAt = new long[8];
        long worked = 0;
        for (int turn = 0; turn < 4_000; turn++) {
            int next = 0;
            for (int replica = 1; replica < freeAt.length; replica++) {
                next = freeAt[replica] - freeAt[next] < 0 ? replica : next;
            }
            now = Math.max(now, freeAt[next]) + MILLI;
            worked += MILLI;
            freeAt[next] = now + quarter.pauseAfter(MILLI);
        }
        assertThat((double) worked / (now - begin)).isBetween(0.24, 0.26);
    }

    @Test
    void noPauseIsLongerThanSilenceMayBe() {
        SpareTime little = new SpareTime(1, () -> now);
        for (int i = 0; i < 10; i++) {
            now += 100 * MILLI;
            assertThat(little.pauseAfter(100 * MILLI)).isEqualTo(SpareTime.MOST_PAUSE_NANOS);
        }
    }

    @Test
    void whatWasNotUsedIsNotSavedUp() {
        SpareTime half = new SpareTime(50, () -> now);
        now += 1_000 * MILLI;
        assertThat(half.pauseAfter(10 * MILLI)).isEqualTo(10 * MILLI);
    }

    @Test
    void aWholeProcessorNeedsNoPauseAndTwoHaveTwoWorkAtOnce() {
        SpareTime one = new SpareTime(100, () -> now);
        SpareTime two = new SpareTime(200, () -> now);
        now += 10 * MILLI;
        assertThat(one.pauseAfter(10 * MILLI)).isZero();
        assertThat(one.pauseAfter(10 * MILLI)).isEqualTo(10 * MILLI);
        assertThat(two.pauseAfter(10 * MILLI)).isZero();
        assertThat(two.pauseAfter(10 * MILLI)).isZero();
    }
}
