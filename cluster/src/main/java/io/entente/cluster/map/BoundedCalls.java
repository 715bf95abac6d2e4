package io.entente.cluster.map;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of an application's code, on threads of its own and within a bound of time, so that whatever it does holds up nobody else: one
 * of these a map.
 *
 * <p>It has {@value #THREADS} threads, made when they are needed and ended when they aren't. A call that takes too long is answered for
 * it, and its thread interrupted. A thread whose call doesn't end even so is abandoned; when all are, the code is <em>suspended</em>: calls are
 * answered for it at once, until one of them ends after all. Thread-safe; never blocks.
 */
final class BoundedCalls {

    /** How many calls run at once, and so how many threads may be lost to calls that never end. */
    static final int THREADS = 4;

    /** How many calls wait for a thread; one more is answered at once. */
    static final int MOST_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedCalls.class);
    private static final int IDLE_SECONDS = 10;

    private final String what;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger abandoned = new AtomicInteger();

    /**
     * @param what whose calls these are, for messages: {@code the resolver of the map carts}
     * @param timeout how long a call may take, its waiting included
     */
    BoundedCalls(String what, Duration timeout) {
        this.what = what;
        this.timeout = timeout;
        AtomicInteger made = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "entente, " + what + ", " + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Why calls are not made at present, as a clause; empty when they are. */
    Optional<String> suspended() {
        return abandoned.get() < THREADS
                ? Optional.empty()
                : Optional.of(what + " is suspended, since " + THREADS + " of its calls have not ended");
    }

    /**
     * Calls.
     *
     * @param work what to call
     * @param otherwise the answer where it has none, from the reason, a clause
     * @param executor where to go on: not on these threads
     * @return never fails
     */
    <T> CompletionStage<T> call(Callable<T> work, Function<String, T> otherwise, Executor executor) {
        Optional<String> why = suspended();
        if (why.isPresent()) {
            return CompletableFuture.completedStage(otherwise.apply(why.get()));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Call<T> call = new Call<>(work, answer);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedStage(otherwise.apply(
                    MOST_WAITING + " conflicts wait for " + what + " already, or the node has stopped"));
        }
        return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync(
                        (value, failure) -> failure == null ? value : otherwise.apply(reason(call, failure)), executor);
    }

    /** How many threads are lost to calls whose time is over. */
    int abandoned() {
        return abandoned.get();
    }

    /** Takes no more calls and interrupts those under way. */
    void close() {
        threads.shutdownNow();
    }

    private String reason(Call<?> call, Throwable failure) {
        if (!(failure instanceof TimeoutException)) {
            return what + " failed: " + described(failure);
        }
        return call.expire()
                ? what + " took longer than " + timeout.toMillis() + " ms"
                : what + " was not called within " + timeout.toMillis()
                        + " ms, since others of its calls took that long";
    }

    /** The words of a failure; not even they are trusted. */
    static String described(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | StackOverflowError worse) {
            return failure.getClass().getName();
        }
    }

    private void abandon() {
        if (abandoned.incrementAndGet() == THREADS) {
            LOG.error(
                    "{} is suspended: {} of its calls took longer than {} ms and do not end, though interrupted."
                            + " Conflicts it would resolve are unresolved until one of them ends or the node is started"
                            + " again: mend it.",
                    what,
                    THREADS,
                    timeout.toMillis());
        } else {
            LOG.warn("{} took longer than {} ms and was interrupted", what, timeout.toMillis());
        }
    }

    private void endedLate() {
        if (abandoned.getAndDecrement() == THREADS) {
            LOG.warn("{} is called again: one of its calls has ended after all", what);
        }
    }

    private enum State {
        WAITING,
        RUNNING,
        /** Its time was over before it began. */
        DROPPED,
        /** Its time is over, and it runs all the same. */
        ABANDONED,
        ENDED
    }

    /** One call, on its thread at most once. */
    private final class Call<T> implements Runnable {

        private final Callable<T> work;
        private final CompletableFuture<T> answer;
        private State state = State.WAITING;
        private @Nullable Thread runner;

        private Call(Callable<T> work, CompletableFuture<T> answer) {
            this.work = work;
            this.answer = answer;
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            try {
                answer.complete(work.call());
            } catch (Throwable thrown) {
                // Errors too: this thread is there for them, and whoever waits must hear.
                answer.completeExceptionally(thrown);
            } finally {
                end();
            }
        }

        private synchronized boolean begin() {
            if (state == State.DROPPED) {
                return false;
            }
            state = State.RUNNING;
            runner = Thread.currentThread();
            return true;
        }

        private void end() {
            boolean late;
            synchronized (this) {
                late = state == State.ABANDONED;
                state = State.ENDED;
                runner = null;
            }
            // The next call on this thread must not find it interrupted.
            boolean unused = Thread.interrupted();
            if (late) {
                endedLate();
            }
        }

        /** Its time is over; whether it had begun. */
        private synchronized boolean expire() {
            if (state == State.WAITING) {
                state = State.DROPPED;
                threads.remove(this);
                return false;
            }
            if (state == State.RUNNING && runner != null) {
                state = State.ABANDONED;
                abandon();
                runner.interrupt();
            }
            return true;
        }
    }
}
