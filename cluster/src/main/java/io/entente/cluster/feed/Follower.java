package io.entente.cluster.feed;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One follower: asks for what comes next, as much as its subscriber has asked for, and again when there may be more. It
 * holds a position and at most one batch; whoever is slow is served later from what is followed.
 *
 * @param <E> the type of events
 */
final class Follower<E> implements Flow.Subscription {

    /** How many events are read ahead of their follower. */
    private static final int MOST_AHEAD = 64;

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int BUSY_AND_WOKEN = 2;

    private final Flow.Subscriber<? super E> subscriber;
    private final Reading<E> reading;
    private final Executor executor;
    private final Consumer<Follower<?>> left;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger activity = new AtomicInteger(IDLE);
    private volatile boolean cancelled;
    private volatile boolean ended;
    private volatile boolean refused;

    Follower(Flow.Subscriber<? super E> subscriber, Reading<E> reading, Executor executor, Consumer<Follower<?>> left) {
        this.subscriber = subscriber;
        this.reading = reading;
        this.executor = executor;
        this.left = left;
    }

    @Override
    public void request(long count) {
        if (count < 1) {
            refused = true;
        } else {
            demand.updateAndGet(open -> open + count < 0 ? Long.MAX_VALUE : open + count);
        }
        wake();
    }

    @Override
    public void cancel() {
        cancelled = true;
        left.accept(this);
    }

    /** There will be nothing more. */
    void end() {
        ended = true;
        wake();
    }

    /** There may be something new. Never blocks and never throws. */
    void wake() {
        if (activity.getAndUpdate(now -> now == IDLE ? BUSY : BUSY_AND_WOKEN) == IDLE) {
            run(this::step);
        }
    }

    private void step() {
        activity.set(BUSY);
        if (cancelled) {
            return; // and stays busy, so that nobody wakes it
        }
        if (refused) {
            finish(() ->
                    subscriber.onError(new IllegalArgumentException("a follower must ask for at least one event")));
        } else if (ended) {
            finish(subscriber::onComplete);
        } else if (demand.get() == 0) {
            rest();
        } else {
            read();
        }
    }

    private void read() {
        CompletionStage<Reading.Batch<E>> next;
        try {
            next = reading.next((int) Math.min(MOST_AHEAD, demand.get()));
        } catch (Throwable failed) {
            // Errors too: else it would count as busy for ever.
            fail(failed);
            return;
        }
        next.whenComplete((batch, failure) -> run(() -> {
            if (failure != null) {
                fail(failure);
            } else if (deliver(batch.events())) {
                proceed(batch);
            }
        }));
    }

    private boolean deliver(List<E> events) {
        try {
            for (E event : events) {
                if (cancelled) {
                    return false;
                }
                demand.updateAndGet(open -> open == Long.MAX_VALUE ? open : open - 1);
                subscriber.onNext(event);
            }
            return true;
        } catch (Throwable thrown) {
            // A subscriber must not throw; one that does is not told any more.
            cancel();
            return false;
        }
    }

    private void proceed(Reading.Batch<E> batch) {
        if (batch.more()) {
            step();
        } else {
            rest();
        }
    }

    private void rest() {
        if (!activity.compareAndSet(BUSY, IDLE)) {
            run(this::step);
        }
    }

    private void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        finish(ended ? subscriber::onComplete : () -> subscriber.onError(cause));
    }

    private void finish(Runnable word) {
        if (!cancelled) {
            cancel();
            word.run();
        }
    }

    private void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException stopped) {
            cancel();
        }
    }
}
