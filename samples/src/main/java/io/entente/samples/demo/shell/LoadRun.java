package io.entente.samples.demo.shell;

import io.entente.cluster.map.StoredMap;
import io.entente.cluster.map.StoredValue;
import io.entente.samples.terminal.FailureException;
import io.entente.samples.terminal.Sentences;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes many values at several nodes in turn, with a bounded number under way. */
final class LoadRun {

    /** How many writes may wait for their answers. */
    private static final int IN_FLIGHT = 512;

    /** The map it writes to. */
    static final String MAP = "load";

    private final List<StoredMap> targets;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    LoadRun(List<StoredMap> targets) {
        this.targets = List.copyOf(targets);
    }

    /** Writes {@code count} values, {@code rate} a second; as fast as it goes when that is 0. */
    Result write(int count, int rate) {
        long start = System.nanoTime();
        try {
            for (int i = 0; i < count; i++) {
                pace(start, i, rate);
                room.acquire();
                write(i);
            }
            room.acquire(IN_FLIGHT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted", e);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Result(count, failed.get(), elapsed, Optional.ofNullable(firstFailure.get()));
    }

    private void write(int number) {
        StoredMap target = targets.get(number % targets.size());
        String text = Integer.toString(number);
        target.put(text, StoredValue.json(text), target.writing()).whenComplete((written, failure) -> {
            if (failure != null) {
                failed.incrementAndGet();
                firstFailure.compareAndSet(null, Sentences.oneLine(failure));
            }
            room.release();
        });
    }

    private static void pace(long start, int number, int rate) throws InterruptedException {
        if (rate > 0) {
            long due = start + number * TimeUnit.SECONDS.toNanos(1) / rate;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        }
    }

    /**
     * What came of it.
     *
     * @param count how many values were written
     * @param failed how many of these failed
     * @param elapsed until the last answer
     * @param firstFailure why the first failed
     */
    record Result(int count, int failed, Duration elapsed, Optional<String> firstFailure) {

        /** For the user. */
        @Override
        public String toString() {
            double seconds = Math.max(elapsed.toNanos(), 1) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%d writes in %.1f s: %.0f writes/s, %d failed",
                    count,
                    seconds,
                    (count - failed) / seconds,
                    failed);
        }
    }
}
