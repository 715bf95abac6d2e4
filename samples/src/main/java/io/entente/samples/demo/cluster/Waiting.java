package io.entente.samples.demo.cluster;

import io.entente.samples.terminal.FailureException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for conditions of a cluster, which have to be asked for. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private Waiting() {}

    /** Waits until the condition holds; whether it does before the patience ends. */
    static boolean until(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(PAUSE);
        }
        return true;
    }

    static void pause(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("interrupted", e);
        }
    }
}
