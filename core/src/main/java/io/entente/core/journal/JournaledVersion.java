package io.entente.core.journal;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.Dot;
import io.entente.core.record.Payload;
import io.entente.core.record.Sibling;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of a journaled conflict.
 *
 * @param dot the write's identity
 * @param timestamp the write's hybrid timestamp
 * @param payload what it wrote; empty where that was too large for the journal
 * @param length the bytes of what it wrote, 0 for a deletion
 */
public record JournaledVersion(Dot dot, HybridTimestamp timestamp, Optional<Payload> payload, int length) {

    public JournaledVersion {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(payload, "payload");
    }

    /** A version with all it wrote. */
    public static JournaledVersion whole(Sibling version) {
        return new JournaledVersion(
                version.dot(),
                version.timestamp(),
                Optional.of(version.payload()),
                version.payload().length());
    }

    /** A version of which only is kept how much it wrote. */
    public static JournaledVersion measured(Sibling version) {
        return new JournaledVersion(
                version.dot(),
                version.timestamp(),
                Optional.empty(),
                version.payload().length());
    }

    /** The version as it stands in a record, where what it wrote is kept. */
    public Optional<Sibling> sibling() {
        return payload.map(kept -> new Sibling(dot, timestamp, kept));
    }
}
