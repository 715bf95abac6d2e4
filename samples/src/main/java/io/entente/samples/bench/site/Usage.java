package io.entente.samples.bench.site;

import io.entente.samples.bench.load.Spent;

/**
 * What sites have used so far, or between two moments.
 *
 * @param spent time, processor time, allocation; load generators included
 * @param wireBytes what they sent to each other
 */
public record Usage(Spent spent, long wireBytes) {

    /** What this process has used so far. */
    static Usage soFar() {
        return new Usage(Spent.soFar(), WireCount.sentBytes());
    }

    /** What was used since an earlier moment. */
    public Usage since(Usage earlier) {
        return new Usage(spent.since(earlier.spent), wireBytes - earlier.wireBytes);
    }

    Usage and(Usage other) {
        return new Usage(spent.and(other.spent), wireBytes + other.wireBytes);
    }
}
