package io.entente.cluster.map;

import io.entente.conflict.merge.Merged;
import java.util.Objects;
import java.util.Optional;

/**
 * What a read of a mergeable value found.
 *
 * @param value the value; empty where it is absent
 * @param unresolved why that isn't all there is, as a sentence: parts that this version can't read
 * @param session a session that has seen what this read has
 */
record MergedReading(Optional<Merged<StoredValue>> value, Optional<String> unresolved, SessionToken session) {

    MergedReading {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(unresolved, "unresolved");
        Objects.requireNonNull(session, "session");
    }
}
