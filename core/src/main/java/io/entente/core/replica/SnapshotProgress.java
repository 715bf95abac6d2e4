package io.entente.core.replica;

import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a replica is with a snapshot that it joins: all of it is fetched first and then merged, and either counts as half.
 *
 * @param source from where it is fetched; empty when it is merged
 * @param bytes how many bytes of rows are fetched, or merged
 * @param totalBytes about how many there are; at least {@code bytes}, and 0 as long as the source has said nothing
 * @param percent of the whole, 0 to 99; for one snapshot it never falls
 * @param bytesPerSecond how many bytes were fetched, or merged, in a second lately
 * @param left how long it may take from now on; empty as long as nothing moves
 */
public record SnapshotProgress(
        Optional<NodeId> source,
        long bytes,
        long totalBytes,
        int percent,
        long bytesPerSecond,
        Optional<Duration> left) {

    private static final double MEBIBYTE = 1 << 20;

    /** Refuses nulls. */
    public SnapshotProgress {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(left, "left");
    }

    /** A sentence's end: {@code fetches a snapshot from us-1: 31 % (12.3 of about 20.1 MiB, 4.0 MiB/s, 7 s left)}. */
    @Override
    public String toString() {
        String what = source.map(from -> "fetches a snapshot from " + from).orElse("merges a snapshot");
        String rate = left.map(time -> ", " + mebibytes(bytesPerSecond) + " MiB/s, " + text(time) + " left")
                .orElse("");
        return what + ": " + percent + " % (" + mebibytes(bytes) + " of " + (source.isPresent() ? "about " : "")
                + mebibytes(totalBytes) + " MiB" + rate + ")";
    }

    /** So many mebibytes, to a tenth. */
    public static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MEBIBYTE);
    }

    /** A time in seconds, or in minutes where it is long. */
    public static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }
}
