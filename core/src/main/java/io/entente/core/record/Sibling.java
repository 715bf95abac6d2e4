package io.entente.core.record;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import java.util.Objects;

/**
 * One version of a key as a replica stores it.
 *
 * @param dot the write's identity
 * @param timestamp the write's hybrid timestamp
 * @param payload the value or deletion
 */
public record Sibling(Dot dot, HybridTimestamp timestamp, Payload payload) {

    public Sibling {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(payload, "payload");
        if (payload instanceof Payload.Operations) {
            throw new IllegalArgumentException("operations are no version of a key: " + dot);
        }
    }

    /** Whether this version is a deletion. */
    public boolean isTombstone() {
        return payload.isDeletion();
    }
}
