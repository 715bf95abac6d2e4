package io.entente.samples.bench.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** So many operations under way at once, the next when one has ended. */
public final class ClosedLoop {

    private ClosedLoop() {}

    /**
     * Runs the operations {@code from} to before {@code to}; returns when all have ended.
     *
     * @param window how many are under way at once, at least 1
     * @throws IllegalStateException when one fails; those under way are waited for, no later one is started
     */
    public static void run(Operation operation, int from, int to, int window) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Semaphore free = new Semaphore(window);
        for (int number = from; number < to && failure.get() == null; number++) {
            free.acquireUninterruptibly();
            var unused = operation.start(number).whenComplete((answer, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
                free.release();
            });
        }
        free.acquireUninterruptibly(window);
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException("an operation failed: " + first.getMessage(), first);
        }
    }
}
