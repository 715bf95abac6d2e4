package io.entente.samples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The load generators, against systems that answer at once or from another thread. */
class LoopsTest {

    private static final CompletableFuture<String> ANSWERED = CompletableFuture.completedFuture("done");

    @Test
    void aClosedLoopRunsEachOperationOnceAndInOrder() {
        List<Integer> started = new ArrayList<>();
        ClosedLoop.run(
                number -> {
                    started.add(number);
                    return ANSWERED;
                },
                3,
                7,
                2);
        assertThat(started).containsExactly(3, 4, 5, 6);
    }

    @Test
    void aClosedLoopHasNoMoreUnderWayThanItsWindow() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ClosedLoop.run(
                number -> CompletableFuture.runAsync(() -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    underWay.decrementAndGet();
                }),
                0,
                2_000,
                3);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void aFailureEndsALoopAndIsTold() {
        AtomicInteger started = new AtomicInteger();
        Operation failing = number -> {
            started.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalArgumentException("no " + number));
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> ClosedLoop.run(failing, 0, 1_000, 1))
                .withMessageContaining("no 0");
        assertThat(started.get()).isLessThan(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> new Pace(1_000_000, 0, 1).run(failing, new Latencies()))
                .withMessageContaining("no 0");
    }

    @Test
    void aPaceRecordsAllButItsWarmUp() {
        Pace pace = new Pace(500, 1, 1);
        Latencies latencies = new Latencies();
        AtomicInteger started = new AtomicInteger();
        pace.run(
                number -> {
                    started.incrementAndGet();
                    return ANSWERED;
                },
                latencies);
        assertThat(started.get()).isEqualTo(1_000).isEqualTo(pace.operations());
        assertThat(latencies.count()).isEqualTo(500);
        assertThat(pace.isWarmUp(499)).isTrue();
        assertThat(pace.isWarmUp(500)).isFalse();
    }

    @Test
    void operationsAreDueAtTheRateHoweverManyThereWere() {
        Pace pace = new Pace(3, 0, 2_000);
        assertThat(pace.dueNanos(7, 0)).isEqualTo(7);
        assertThat(pace.dueNanos(7, 3)).isEqualTo(1_000_000_007L);
        assertThat(pace.dueNanos(0, 6_000)).isEqualTo(2_000_000_000_000L);
    }

    @Test
    void anOperationIsChargedFromWhenItWasDue() {
        // The first one takes a tenth of a second inside start(), so that those due meanwhile start late.
        Latencies latencies = new Latencies();
        new Pace(1_000, 0, 1)
                .run(
                        number -> {
                            if (number == 0) {
                                long end = System.nanoTime() + 100_000_000;
                                while (System.nanoTime() < end) {
                                    Thread.onSpinWait();
                                }
                            }
                            return ANSWERED;
                        },
                        latencies);
        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.millis(100)).isGreaterThanOrEqualTo(99);
        // A tenth of all were due in that time: one in twenty was half of it late, whatever else the machine did.
        assertThat(latencies.millis(96)).isGreaterThan(40);
    }

    @Test
    void aPaceHasARateAndADuration() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(1, 0, 0));
    }

    @Test
    void percentilesAreInMilliseconds() {
        Latencies latencies = new Latencies();
        assertThat(latencies.millis(50)).isZero();
        for (int i = 1; i <= 100; i++) {
            latencies.record(i * 1_000_000L);
        }
        assertThat(latencies.millis(50)).isBetween(49.9, 50.1);
        assertThat(latencies.millis(99)).isBetween(98.9, 99.1);
    }
}
