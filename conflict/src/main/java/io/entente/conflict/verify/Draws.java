package io.entente.conflict.verify;

import java.util.List;

/**
 * Numbers that look random and depend on nothing but a seed: SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014). The same seed gives the same numbers in every process and version. Confined to one thread at a time.
 */
public final class Draws {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** The numbers of that seed. */
    public Draws(long seed) {
        state = seed;
    }

    /** Any 64 bits. */
    public long bits() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * A number from {@code low} to {@code high}, both possible.
     *
     * @throws IllegalArgumentException when {@code high} is less than {@code low}
     */
    public int between(int low, int high) {
        if (high < low) {
            throw new IllegalArgumentException("There is no number from " + low + " to " + high + ".");
        }
        return (int) (low + Long.remainderUnsigned(bits(), (long) high - low + 1));
    }

    /** Whether something happens that happens so many times out of a hundred. */
    public boolean percent(int chance) {
        return between(1, 100) <= chance;
    }

    /**
     * One of these.
     *
     * @throws IllegalArgumentException when there is none
     */
    public <T> T oneOf(List<T> all) {
        return all.get(between(0, all.size() - 1));
    }
}
