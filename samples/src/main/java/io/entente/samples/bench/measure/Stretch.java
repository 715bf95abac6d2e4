package io.entente.samples.bench.measure;

/**
 * Writes, and how long they took.
 *
 * @param writes how many
 * @param nanos how long
 */
record Stretch(int writes, long nanos) {

    static final Stretch NONE = new Stretch(0, 0);

    private static final double NANOS_A_SECOND = 1e9;

    /** This one and another one after it. */
    Stretch and(Stretch other) {
        return new Stretch(writes + other.writes, nanos + other.nanos);
    }

    double perSecond() {
        return nanos == 0 ? 0 : writes * NANOS_A_SECOND / nanos;
    }
}
