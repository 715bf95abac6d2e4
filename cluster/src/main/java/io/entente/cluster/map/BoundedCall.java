package io.entente.cluster.map;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of an application's code: on its thread at most once, interrupted when it runs too long, and given up when it has not ended as
 * long again after that. Thread-safe.
 */
final class BoundedCall<T> implements Runnable {

    private final Callable<T> work;
    private final Watch watch;
    private final Ends ends;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> endedLate = new CompletableFuture<>();
    private State state = State.WAITING;
    private @Nullable Thread runner;

    BoundedCall(Callable<T> work, Watch watch, Ends ends) {
        this.work = work;
        this.watch = watch;
        this.ends = ends;
    }

    /** Watches over a bound of time. */
    @FunctionalInterface
    interface Watch {

        /** Runs {@code otherwise}, once, unless {@code awaited} completes within the bound. */
        void over(CompletableFuture<Void> awaited, Runnable otherwise);
    }

    /** Told how calls end. */
    interface Ends {

        /** It ended in time. */
        void inTime();

        /** Its time is over; it was interrupted. */
        void interrupted();

        /** It goes on, though it was interrupted long ago. */
        void abandoned();

        /** It was abandoned, and has ended after all. */
        void afterAll();
    }

    private enum State {
        WAITING,
        /** It was answered before it began, and never will. */
        DROPPED,
        RUNNING,
        /** Its time is over, and it runs on. */
        OVERDUE,
        /** So it does, and minds no interruption. */
        ABANDONED,
        ENDED
    }

    /**
     * The answer; fails with {@link TimeoutException} when the call ran too long, with {@link Thrown} when it threw, and with whatever it was
     * dropped for.
     */
    CompletableFuture<T> answer() {
        return answer;
    }

    /** Completes when it begins; not where it is dropped before. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Fails it unless it has begun, and keeps it from beginning; whether it hadn't. */
    boolean drop(RuntimeException why) {
        synchronized (this) {
            if (state != State.WAITING) {
                return false;
            }
            state = State.DROPPED;
        }
        answer.completeExceptionally(why);
        return true;
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
            answer.completeExceptionally(new Thrown(thrown));
        } finally {
            end();
        }
    }

    private boolean begin() {
        synchronized (this) {
            if (state != State.WAITING) {
                return false;
            }
            state = State.RUNNING;
            runner = Thread.currentThread();
        }
        begun.complete(null);
        watch.over(ended, this::expire);
        return true;
    }

    private void end() {
        State before;
        synchronized (this) {
            before = state;
            state = State.ENDED;
            runner = null;
        }
        // The next call on this thread must not find it interrupted.
        boolean unused = Thread.interrupted();
        ended.complete(null);
        endedLate.complete(null);
        if (before == State.RUNNING) {
            ends.inTime();
        } else if (before == State.ABANDONED) {
            ends.afterAll();
        }
    }

    /** Answered before it is interrupted: that is no failure of its own. */
    private void expire() {
        synchronized (this) {
            if (state != State.RUNNING || answer.isDone()) {
                return;
            }
            state = State.OVERDUE;
        }
        answer.completeExceptionally(new TimeoutException());
        interrupt();
        ends.interrupted();
        watch.over(endedLate, this::abandon);
    }

    private synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    private void abandon() {
        synchronized (this) {
            if (state != State.OVERDUE) {
                return;
            }
            state = State.ABANDONED;
            // Within: whoever ends it now must find it counted.
            ends.abandoned();
        }
    }

    /** What the work threw, told apart from what is said of it here. */
    static final class Thrown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Throwable byWork;

        private Thrown(Throwable byWork) {
            super(null, null, false, false);
            this.byWork = byWork;
        }

        /** It. */
        Throwable byWork() {
            return byWork;
        }
    }
}
