package io.entente.core.message;

/**
 * One uninterrupted life of a member's memory of a partition. A member that lost, or may have lost, what it once reported takes
 * a new one, so that nobody counts reports of the life that is gone.
 *
 * @param high the first 64 of 128 random bits
 * @param low the other 64
 */
public record Registration(long high, long low) {

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
