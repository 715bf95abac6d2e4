package io.entente.conflict;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * What one write left at a key: a value, or a deletion, with the write's identity and time.
 *
 * <p>A version is a <i>sibling</i> while its key has others. A deletion is a version like any other, so that it can
 * compete with writes that had not seen it. Immutable and thread-safe as far as its value is.
 *
 * @param dot the write's identity
 * @param timestamp when the write was accepted, by the accepting node's hybrid clock
 * @param dataCenter where the write was accepted
 * @param value the value; empty for a deletion
 * @param <V> the type of values
 */
public record Version<V>(Dot dot, HybridTimestamp timestamp, String dataCenter, Optional<V> value) {

    /** Refuses nulls. */
    public Version {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(dataCenter, "dataCenter");
        Objects.requireNonNull(value, "value");
    }

    /** The version that a write of {@code value} left, accepted in the data center of the dot's origin. */
    public static <V> Version<V> of(Dot dot, HybridTimestamp timestamp, V value) {
        return new Version<>(dot, timestamp, dot.origin().dataCenter(), Optional.of(value));
    }

    /** The version that a deletion left, accepted in the data center of the dot's origin. */
    public static <V> Version<V> deletion(Dot dot, HybridTimestamp timestamp) {
        return new Version<>(dot, timestamp, dot.origin().dataCenter(), Optional.empty());
    }

    /** The canonical order of siblings: by dot. */
    public static <V> Comparator<Version<V>> byDot() {
        return Comparator.comparing(Version::dot);
    }

    /** Oldest first: by timestamp, ties by dot. The highest is the last writer's. */
    public static <V> Comparator<Version<V>> byTime() {
        return Comparator.<Version<V>, HybridTimestamp>comparing(Version::timestamp)
                .thenComparing(Version::dot);
    }

    /** Whether the write deleted the key. */
    public boolean isDeletion() {
        return value.isEmpty();
    }
}
