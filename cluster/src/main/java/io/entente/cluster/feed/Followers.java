package io.entente.cluster.feed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Those who follow something that grows: so many at the most, each at its own pace. Thread-safe; nothing blocks, and nobody waits for a
 * slow one.
 */
public final class Followers implements AutoCloseable {

    private final int most;
    private final Executor executor;
    private final Supplier<? extends RuntimeException> full;
    private final Set<Follower<?>> followers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger following = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param most how many may follow at once
     * @param executor where they are served
     * @param full what one more is refused with
     */
    public Followers(int most, Executor executor, Supplier<? extends RuntimeException> full) {
        this.most = most;
        this.executor = executor;
        this.full = full;
    }

    /**
     * A publisher whose subscribers each follow from where a reading of their own begins. They get their events on the executor's threads and must not
     * block, and are completed by {@link #close}.
     */
    public <E> Flow.Publisher<E> publisher(Supplier<Reading<E>> readings) {
        return subscriber -> subscribe(subscriber, readings);
    }

    private <E> void subscribe(Flow.Subscriber<? super E> subscriber, Supplier<Reading<E>> readings) {
        if (following.incrementAndGet() > most) {
            following.decrementAndGet();
            refuse(subscriber);
            return;
        }
        Follower<E> follower = new Follower<>(subscriber, readings.get(), executor, this::left);
        followers.add(follower);
        subscriber.onSubscribe(follower);
        if (closed) {
            follower.end();
        }
    }

    private void refuse(Flow.Subscriber<?> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                // There is nothing to ask for.
            }

            @Override
            public void cancel() {
                // It never began.
            }
        });
        subscriber.onError(full.get());
    }

    /** There may be something new. Costs nothing where nobody follows, and never waits for anybody. */
    public void wake() {
        followers.forEach(Follower::wake);
    }

    /** Completes all followers, and later ones as soon as they come. */
    @Override
    public void close() {
        closed = true;
        followers.forEach(Follower::end);
    }

    private void left(Follower<?> follower) {
        if (followers.remove(follower)) {
            following.decrementAndGet();
        }
    }
}
