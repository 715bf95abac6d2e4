package io.entente.cluster.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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

    /** Five healthy calls for four threads: the fifth has waited for long when it begins, and has all its time before it. */
    @Test
    void waitingIsNotCountedAgainstACall() {
        ManualWatch watch = new ManualWatch();
        BoundedCalls calls = watchedBy(watch);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        CountDownLatch lastBegun = new CountDownLatch(1);
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < BoundedCalls.THREADS; i++) {
            answers.add(calls.call(() -> waited(first), reason -> reason, Runnable::run));
        }
        CompletionStage<String> waits = calls.call(
                () -> {
                    lastBegun.countDown();
                    return waited(last);
                },
                reason -> reason,
                Runnable::run);
        int whileItWaited = watch.watched();
        first.countDown();
        answers.forEach(each -> assertThat(answer(each)).isEqualTo("done"));
        await().atMost(LONG).until(() -> lastBegun.getCount() == 0);
        watch.timeIsOver(0, whileItWaited);
        last.countDown();
        assertThat(answer(waits)).isEqualTo("done");
        assertThat(calls.abandoned()).isZero();
    }

    @Test
    void whoFindsNoPlaceBehindCallsThatEndIsToldOfOverload() {
        ManualWatch watch = new ManualWatch();
        BoundedCalls calls = watchedBy(watch);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        List<CompletionStage<String>> running = new ArrayList<>();
        running.add(calls.call(() -> waited(ends), reason -> reason, Runnable::run));
        for (int i = 0; i < BoundedCalls.THREADS; i++) {
            running.add(calls.call(() -> waited(held), reason -> reason, Runnable::run));
        }
        int waitsAt = untilWatched(watch, 2 * BoundedCalls.THREADS + 1);
        CompletionStage<String> waits = calls.call(() -> waited(held), reason -> reason, Runnable::run);
        ends.countDown();
        untilWatched(watch, waitsAt + 2);
        watch.timeIsOver(waitsAt, waitsAt + 1);
        assertThatThrownBy(() -> answer(waits))
                .hasCauseInstanceOf(NotAppliedException.class)
                .hasMessageContaining("more conflicts wait");
        held.countDown();
        running.forEach(each -> assertThat(answer(each)).isEqualTo("done"));
    }

    @Test
    void whoFindsNoPlaceBehindCallsThatDoNotEndIsToldSo() {
        ManualWatch watch = new ManualWatch();
        BoundedCalls calls = watchedBy(watch);
        for (int i = 0; i < BoundedCalls.THREADS; i++) {
            calls.call(this::loop, reason -> reason, Runnable::run);
        }
        int waitsAt = untilWatched(watch, 2 * BoundedCalls.THREADS);
        CompletionStage<String> waits = calls.call(() -> "called", reason -> reason, Runnable::run);
        watch.timeIsOver(0, waitsAt + 1);
        assertThat(answer(waits)).contains("was not called", "others of its calls");
    }

    /** Slow ones that end when they are interrupted get their threads back: nothing is lost, and so nothing suspended. */
    @Test
    void callsThatEndWhenInterruptedAreNotSuspendedHoweverMany() {
        ManualWatch watch = new ManualWatch();
        BoundedCalls calls = watchedBy(watch);
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < BoundedCalls.THREADS; i++) {
            answers.add(calls.call(
                    () -> {
                        new CountDownLatch(1).await();
                        return "never";
                    },
                    reason -> reason,
                    Runnable::run));
        }
        untilWatched(watch, 2 * BoundedCalls.THREADS);
        watch.timeIsOver(0, watch.watched());
        assertThat(calls.suspended()).isEmpty();
        answers.forEach(each -> assertThat(answer(each)).contains("took longer"));
        assertThat(answer(calls, () -> "next")).isEqualTo("next");
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
        assertThatThrownBy(() -> answer(calls, () -> "one more"))
                .hasCauseInstanceOf(NotAppliedException.class)
                .hasMessageContaining(BoundedCalls.MOST_WAITING + " conflicts wait");
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

    private static String waited(CountDownLatch until) throws InterruptedException {
        until.await();
        return "done";
    }

    /** Waits until so many bounds are watched: a call's waiting is one, its running another. */
    private static int untilWatched(ManualWatch watch, int count) {
        await().atMost(LONG).until(() -> watch.watched() >= count);
        return count;
    }

    private BoundedCalls watchedBy(ManualWatch watch) {
        BoundedCalls calls = new BoundedCalls("the resolver of the map carts", LONG, watch);
        opened.add(calls);
        return calls;
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

    /** A bound of time that is over when the test says so. */
    private static final class ManualWatch implements BoundedCall.Watch {

        private final List<CompletableFuture<Void>> awaited = new ArrayList<>();
        private final List<Runnable> otherwise = new ArrayList<>();

        @Override
        public synchronized void over(CompletableFuture<Void> done, Runnable whenItIsOver) {
            awaited.add(done);
            otherwise.add(whenItIsOver);
        }

        private synchronized int watched() {
            return awaited.size();
        }

        /** It is, for some of those in the order in which they began. */
        private void timeIsOver(int from, int to) {
            for (int i = from; i < to; i++) {
                Runnable late = late(i);
                late.run();
            }
        }

        private synchronized Runnable late(int index) {
            return awaited.get(index).isDone() ? () -> {} : otherwise.get(index);
        }
    }
}
