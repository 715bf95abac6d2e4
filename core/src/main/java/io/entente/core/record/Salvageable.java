package io.entente.core.record;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import java.util.List;
import java.util.Objects;

/**
 * A write that only a directory put aside still has: its node was retired before another one had it.
 *
 * @param dot its identity, under which nobody will ever apply it
 * @param key the record it wrote
 * @param payload what it wrote
 * @param timestamp when
 * @param seen of the versions it replaced, directly or through other such writes, those that the cluster has
 * @param isKept whether its version was to be kept for three-way merges
 */
public record Salvageable(
        Dot dot, RecordKey key, Payload payload, HybridTimestamp timestamp, List<Dot> seen, boolean isKept) {

    public Salvageable {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(timestamp, "timestamp");
        seen = List.copyOf(seen);
    }
}
