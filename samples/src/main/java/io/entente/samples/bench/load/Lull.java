package io.entente.samples.bench.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** When nothing is left to do: what a store merges after many writes is not to be paid by the writes measured next. */
public final class Lull {

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Heartbeats of three nodes take less, a thread that merges files takes more. */
    private static final double MOST_CORES = 0.3;

    private Lull() {}

    /**
     * Waits until processes use hardly any processor time.
     *
     * @param spent what they have spent so far
     * @throws IllegalStateException when that doesn't come within minutes
     */
    public static void await(Supplier<Spent> spent) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        double cores;
        do {
            Spent before = spent.get();
            LockSupport.parkNanos(WINDOW.toNanos());
            Spent since = spent.get().since(before);
            cores = (double) since.cpuNanos() / since.nanos();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("after " + PATIENCE.toMinutes() + " minutes " + cores
                        + " cores are still at work without a request; is the disk slow?");
            }
        } while (cores > MOST_CORES);
    }
}
