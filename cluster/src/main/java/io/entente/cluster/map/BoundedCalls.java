package io.entente.cluster.map;

import io.entente.cluster.map.NotAppliedException.Reason;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of an application's code, on threads of its own and within a bound of time, so that whatever it does holds up nobody else: one
 * of these a map.
 *
 * <p>It has {@value #THREADS} threads, made when they are needed and ended when they aren't. The bound is on a call's running: one that
 * takes too long is answered for, and its thread interrupted. A thread whose call hasn't ended as long again after that is abandoned; when
 * all are, the code is <em>suspended</em>: calls are answered for it at once, until one of them ends after all. Waiting for a thread has
 * the same bound, and is held against the code only where none of its calls ended in time meanwhile; else there are too many calls, which
 * is overload. Thread-safe; never blocks.
 */
final class BoundedCalls {

    /** How many calls run at once, and so how many threads may be lost to calls that never end. */
    static final int THREADS = 4;

    /** How many calls wait for a thread; one more is refused as overload. */
    static final int MOST_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedCalls.class);
    private static final int IDLE_SECONDS = 10;

    private final String what;
    private final Duration timeout;
    private final BoundedCall.Watch watch;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicLong endedInTime = new AtomicLong();

    /**
     * @param what whose calls these are, for messages: {@code the resolver of the map carts}
     * @param timeout how long a call may run, and how long it may wait before
     */
    BoundedCalls(String what, Duration timeout) {
        this(what, timeout, (awaited, otherwise) -> {
            var unused = awaited.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionally(late -> {
                        otherwise.run();
                        return null;
                    });
        });
    }

    /** With bounds that somebody else watches. */
    BoundedCalls(String what, Duration timeout, BoundedCall.Watch watch) {
        this.what = what;
        this.timeout = timeout;
        this.watch = watch;
        AtomicInteger made = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "entente, " + what + ", " + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** How long a call may run. */
    Duration timeout() {
        return timeout;
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
     * @return fails with {@link NotAppliedException} alone, where there are more calls than threads can do
     */
    <T> CompletionStage<T> call(Callable<T> work, Function<String, T> otherwise, Executor executor) {
        Optional<String> why = suspended();
        if (why.isPresent()) {
            return CompletableFuture.completedStage(otherwise.apply(why.get()));
        }
        BoundedCall<T> call = new BoundedCall<>(work, watch, new Counted());
        long before = endedInTime.get();
        try {
            threads.execute(call);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedStage(rejected());
        }
        watch.over(call.begun(), () -> {
            if (call.drop(neverCalled(before))) {
                threads.remove(call);
            }
        });
        return call.answer()
                .handleAsync((value, failure) -> failure == null ? value : otherwise.apply(reason(failure)), executor);
    }

    /** How many threads are lost to calls whose time is long over. */
    int abandoned() {
        return abandoned.get();
    }

    /** Takes no more calls and interrupts those under way. */
    void close() {
        threads.shutdownNow();
    }

    private NotAppliedException rejected() {
        return threads.isShutdown()
                ? new NotAppliedException(Reason.NOT_READY, "the node has stopped: ask another one")
                : overloaded(MOST_WAITING + " conflicts wait for " + what + ", which is the limit");
    }

    /** Why a call found no thread: those before it hold them all, or there are too many. */
    private RuntimeException neverCalled(long endedBefore) {
        return endedInTime.get() == endedBefore
                ? new HeldUp()
                : overloaded(
                        "more conflicts wait for " + what + " than it resolves within " + timeout.toMillis() + " ms");
    }

    private static NotAppliedException overloaded(String why) {
        return new NotAppliedException(Reason.OVERLOADED, why + ": try again in a moment");
    }

    private String reason(Throwable failure) {
        if (failure instanceof NotAppliedException load) {
            throw load;
        }
        if (failure instanceof HeldUp) {
            return what + " was not called within " + timeout.toMillis()
                    + " ms, since others of its calls took that long";
        }
        return failure instanceof BoundedCall.Thrown thrown
                ? what + " failed: " + described(thrown.byWork())
                : what + " took longer than " + timeout.toMillis() + " ms";
    }

    /** The words of a failure; not even they are trusted. */
    static String described(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | StackOverflowError worse) {
            return failure.getClass().getName();
        }
    }

    /** A call found no thread, for those before it hold them all. */
    private static final class HeldUp extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private HeldUp() {
            super(null, null, false, false);
        }
    }

    private final class Counted implements BoundedCall.Ends {

        @Override
        public void inTime() {
            endedInTime.incrementAndGet();
        }

        @Override
        public void interrupted() {
            LOG.warn("{} took longer than {} ms and was interrupted", what, timeout.toMillis());
        }

        @Override
        public void abandoned() {
            if (abandoned.incrementAndGet() == THREADS) {
                LOG.error(
                        "{} is suspended: {} of its calls took longer than {} ms and have not ended as long again after"
                                + " they were interrupted. Conflicts it would resolve are unresolved until one of them"
                                + " ends or the node is started again: mend it.",
                        what,
                        THREADS,
                        timeout.toMillis());
            }
        }

        @Override
        public void afterAll() {
            if (abandoned.getAndDecrement() == THREADS) {
                LOG.warn("{} is called again: one of its calls has ended after all", what);
            }
        }
    }
}
