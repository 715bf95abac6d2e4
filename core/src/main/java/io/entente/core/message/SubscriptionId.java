package io.entente.core.message;

/**
 * Names one subscription of a receiver at a source.
 *
 * @param session random, one per start of the receiver, so that a restarted receiver's numbers are not taken for old ones
 * @param number counts the receiver's subscriptions, from 1
 */
public record SubscriptionId(long session, long number) {

    /** Whether this subscription was made before the other one by the same start of the same receiver. */
    public boolean isOlderThan(SubscriptionId other) {
        return session == other.session && number < other.number;
    }
}
