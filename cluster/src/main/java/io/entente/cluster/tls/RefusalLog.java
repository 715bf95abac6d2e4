package io.entente.cluster.tls;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log who isn't let in for the certificate that was shown: Akka's remoting breaks such a connection off without a word, and tries again twice a second. One line in
 * {@value #EVERY_SECONDS} seconds says it, and how many were left out since the one before, so that strangers can't fill the disk.
 *
 * <p>Thread-safe.
 */
final class RefusalLog {

    static final long EVERY_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST_CHARACTERS = 400;

    private final LongSupplier nanos;
    private long toldNanos;
    private int leftOut;

    /** @param nanos the monotonic clock */
    RefusalLog(LongSupplier nanos) {
        this.nanos = nanos;
        this.toldNanos = nanos.getAsLong() - TimeUnit.SECONDS.toNanos(EVERY_SECONDS);
    }

    /** Tells of one, unless another one was told just now. */
    synchronized void note(String sentence) {
        long now = nanos.getAsLong();
        if (now - toldNanos < TimeUnit.SECONDS.toNanos(EVERY_SECONDS)) {
            leftOut++;
            return;
        }
        LOG.warn("{} ({} others refused since the last such line)", shown(sentence), leftOut);
        toldNanos = now;
        leftOut = 0;
    }

    /** Without line breaks, which a stranger's certificate could write lines with. */
    private static String shown(String sentence) {
        String line = sentence.replaceAll("\\p{C}", "?");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
