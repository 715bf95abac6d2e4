package io.entente.core.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** The one source of randomness of a history, and its usual questions. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** A source of its own, so that one part's drawing doesn't shift another's. */
    Chance split() {
        return new Chance(random.split());
    }

    /** Whether something of that probability happens. */
    boolean of(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number from {@code low} to {@code high}, both possible. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** A time from {@code low} to {@code high} milliseconds, in nanoseconds. */
    long millis(long low, long high) {
        return random.nextLong(low * 1_000_000, high * 1_000_000 + 1);
    }

    /** A whole number from {@code low} to {@code high}, both possible, small ones as likely as large ones by magnitude. */
    int magnitude(int low, int high) {
        return (int) Math.round(Math.exp(Math.log(low) + random.nextDouble() * (Math.log(high) - Math.log(low))));
    }

    long bits() {
        return random.nextLong();
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
