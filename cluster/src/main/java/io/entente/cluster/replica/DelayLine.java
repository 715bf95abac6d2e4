package io.entente.cluster.replica;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where messages wait that are delayed on purpose. Equal delays keep the order of sending. Bounded: what doesn't fit is dropped as if
 * the network had lost it. Thread-safe.
 */
public final class DelayLine implements AutoCloseable {

    /** How many bytes may wait. More than one connection of 1 Gbit/s holds in half a second. */
    static final long MOST_BYTES = 64 << 20;

    private final AtomicLong waitingBytes = new AtomicLong();
    private final ScheduledExecutorService thread;

    /** @param name the node's name, for the thread */
    public DelayLine(String name) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread delaying = new Thread(task, "entente-delay-" + name);
            delaying.setDaemon(true);
            return delaying;
        });
    }

    /** Delivers later; never when it is closed before, or when too much waits. Whether the message waits now. */
    boolean deliver(Duration delay, int bytes, Runnable delivery) {
        if (waitingBytes.addAndGet(bytes) > MOST_BYTES) {
            waitingBytes.addAndGet(-bytes);
            return false;
        }
        try {
            var unused = thread.schedule(
                    () -> {
                        waitingBytes.addAndGet(-bytes);
                        delivery.run();
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Forgets what waits. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
