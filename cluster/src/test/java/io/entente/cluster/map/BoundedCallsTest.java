package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Code that misbehaves holds up nobody but itself. What must end in time has a bound of a minute, what never ends one of milliseconds: no
 * test depends on something being quick.
 */
class BoundedCallsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final List<BoundedCalls> opened = new ArrayList<>();
    private final AtomicBoolean released = new AtomicBoolean();

    @AfterEach
    void release() {
        released.set(true);
        opened.forEach(BoundedCalls::close);
    }

    @Test
    void aCallIsAnsweredWithItsValueAndOffItsThread() {
        BoundedCalls calls = within(LONG);
        AtomicBoolean offItsThread = new AtomicBoolean();
        String answer = answer(calls.call(() -> "value", reason -> reason, work -> {
            offItsThread.set(true);
            work.run();
        }));
        assertThat(answer).isEqualTo("value");
        assertThat(offItsThread).isTrue();
    }

    @Test
    void whatIsThrownIsTheReasonEvenWhereItHasNoWords() {
        BoundedCalls calls = within(LONG);
        assertThat(answer(calls, () -> {
                    throw new OutOfMemoryError("of its own making");
                }))
                .contains("failed", "of its own making");
        assertThat(answer(calls, () -> {
                    throw new Unspeakable();
                }))
                .contains("failed", "Unspeakable");
        assertThat(answer(calls, () -> "next")).isEqualTo("next");
    }

    @Test
    void anEndlessLoopIsAnsweredForAndOthersGoOn() {
        assertThat(answer(within(SHORT), this::loop)).contains("20 ms");
        assertThat(answer(within(LONG), () -> "another map's")).isEqualTo("another map's");
    }

    @Test
    void whoEndsWhenInterruptedIsNeverSuspended() {
        BoundedCalls calls = within(SHORT);
        for (int i = 0; i < 3 * BoundedCalls.THREADS; i++) {
            assertThat(answer(calls, () -> {
                        new CountDownLatch(1).await();
                        return "never";
                    }))
                    .contains("20 ms");
            await().atMost(LONG).until(() -> calls.abandoned() == 0);
        }
        assertThat(calls.suspended()).isEmpty();
    }

    @Test
    void whoNeverEndsIsSuspendedUntilItDoes() {
        BoundedCalls calls = within(SHORT);
        await().atMost(LONG).until(() -> {
            answer(calls, this::loop);
            return calls.suspended().isPresent();
        });
        AtomicInteger called = new AtomicInteger();
        assertThat(answer(calls, () -> "called " + called.incrementAndGet())).contains("is suspended");
        assertThat(called).hasValue(0);
        released.set(true);
        await().atMost(LONG).until(() -> calls.suspended().isEmpty());
    }

    @Test
    void aThreadThatWasInterruptedIsNotWhenItIsUsedAgain() {
        BoundedCalls calls = within(SHORT);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answer(calls, () -> {
                new CountDownLatch(1).await();
                return "never";
            });
            await().atMost(LONG).until(() -> calls.abandoned() == 0);
        }
        BoundedCalls unhurried = within(LONG);
        for (int i = 0; i < 20; i++) {
            seen.add(answer(
                    unhurried, () -> "interrupted " + Thread.currentThread().isInterrupted()));
        }
        assertThat(seen).containsOnly("interrupted false");
    }

    @Test
    void moreCallsThanMayWaitAreAnsweredAtOnce() {
        BoundedCalls calls = within(LONG);
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < BoundedCalls.THREADS + BoundedCalls.MOST_WAITING; i++) {
            answers.add(calls.call(this::loop, reason -> reason, Runnable::run));
        }
        assertThat(answer(calls, () -> "one more")).contains(BoundedCalls.MOST_WAITING + " conflicts wait");
        released.set(true);
        answers.forEach(pending -> assertThat(answer(pending)).isEqualTo("released"));
    }

    /** Neither ends nor minds being interrupted, until it is released. */
    private String loop() {
        long spins = 0;
        while (!released.get()) {
            spins++;
            Thread.onSpinWait();
        }
        return spins < 0 ? "never" : "released";
    }

    private BoundedCalls within(Duration timeout) {
        BoundedCalls calls = new BoundedCalls("the resolver of the map carts", timeout);
        opened.add(calls);
        return calls;
    }

    private static String answer(BoundedCalls calls, Callable<String> work) {
        return answer(calls.call(work, reason -> reason, Runnable::run));
    }

    private static String answer(CompletionStage<String> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }
}
