package io.entente.core.message;

/**
 * Random bits that name a life of a member's memory of a partition. A member that lost, or may have lost, what it once reported
 * takes new ones.
 *
 * @param high the first 64 of 128 random bits
 * @param low the other 64
 */
public record Registration(long high, long low) implements Comparable<Registration> {

    /** An order without a meaning. */
    @Override
    public int compareTo(Registration other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
