package io.entente.samples.bench.measure;

import io.entente.samples.bench.site.ProcessSite;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A site that writes without pause, one stretch after the other. Confined to one thread. */
final class Writing {

    /** So many writes are timed at once. */
    private static final int ORDER = 4_096;

    private static final Duration LOOK_AT_HEAP = Duration.ofSeconds(5);

    private final ProcessSite site;
    private int written;
    private boolean looksAtHeap;
    private long largestHeap;

    Writing(ProcessSite site) {
        this.site = site;
    }

    /** From now on looks at the site's heap every few seconds; the time for that is not counted. */
    Writing lookingAtHeap() {
        looksAtHeap = true;
        return this;
    }

    /** Until so much time has passed from now on. */
    static BooleanSupplier after(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() - end >= 0;
    }

    /** How many writes there were so far. */
    int written() {
        return written;
    }

    /** The most bytes seen. */
    long largestHeap() {
        return largestHeap;
    }

    /** Writes until it is time to end; once at least. */
    Stretch until(BooleanSupplier ends) {
        Stretch all = Stretch.NONE;
        BooleanSupplier look = after(LOOK_AT_HEAP);
        do {
            long start = System.nanoTime();
            site.write(written, written + ORDER).join();
            written += ORDER;
            all = all.and(new Stretch(ORDER, System.nanoTime() - start));
            if (looksAtHeap && look.getAsBoolean()) {
                largestHeap = Math.max(largestHeap, site.heapAfterCollection().join());
                look = after(LOOK_AT_HEAP);
            }
        } while (!ends.getAsBoolean());
        return all;
    }
}
