package io.entente.core.message;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.util.List;
import java.util.Objects;

/**
 * One write in the log.
 *
 * <p>An origin's entries are applied in order, so {@code newDependencies} names only what its origin had applied from others
 * since its previous entry; an origin's first entry carries its whole vector.
 *
 * @param dot the write's identity
 * @param newDependencies what the origin had applied from other origins, as far as it is new since its previous entry
 * @param key the record written
 * @param payload the value or deletion
 * @param timestamp the write's hybrid timestamp
 * @param replaces the dots of the versions this write supersedes, in order; all of them lie in the entry's causal past
 * @param isKept whether the version is kept when it is superseded, for three-way merges
 */
public record Entry(
        Dot dot,
        VersionVector newDependencies,
        RecordKey key,
        Payload payload,
        HybridTimestamp timestamp,
        List<Dot> replaces,
        boolean isKept) {

    public Entry {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(newDependencies, "newDependencies");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(timestamp, "timestamp");
        replaces = List.copyOf(replaces);
    }

    /** An entry whose version is forgotten when it is superseded. */
    public Entry(
            Dot dot,
            VersionVector newDependencies,
            RecordKey key,
            Payload payload,
            HybridTimestamp timestamp,
            List<Dot> replaces) {
        this(dot, newDependencies, key, payload, timestamp, replaces, false);
    }
}
