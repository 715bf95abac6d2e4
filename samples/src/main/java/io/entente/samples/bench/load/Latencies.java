package io.entente.samples.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long operations took, to three digits. Thread-safe. */
public final class Latencies {

    private static final int DIGITS = 3;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final Histogram histogram = new ConcurrentHistogram(LONGEST, DIGITS);

    /** Records one; what took longer than ten minutes counts as that. */
    public void record(long nanos) {
        histogram.recordValue(Math.min(Math.max(nanos, 0), LONGEST));
    }

    /** The time in milliseconds within which that percentage of the operations ended; 0 where there were none. */
    public double millis(double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e6;
    }

    /** How many were recorded. */
    public long count() {
        return histogram.getTotalCount();
    }
}
