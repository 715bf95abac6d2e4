package io.entente.cluster.retirement;

import java.util.Objects;

/**
 * What an operator does about nodes that don't come back as they were.
 *
 * @param retiring retires them
 * @param lostWrites what only this one had when it was retired
 */
public record Retirement(Retiring retiring, LostWrites lostWrites) {

    public Retirement {
        Objects.requireNonNull(retiring, "retiring");
        Objects.requireNonNull(lostWrites, "lostWrites");
    }
}
