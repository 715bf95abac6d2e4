package io.entente.cluster.feed;

import io.entente.conflict.version.VersionVector;
import io.entente.core.record.RecordKey;
import java.util.Objects;

/**
 * Readers of a key find something else than before.
 *
 * @param number its number among the changes of this run of the node, from 1 on without gaps
 * @param key the key
 * @param partition the key's partition
 * @param upTo what a replica of that partition must have reached so that a read there sees the change
 */
public record KeyChange(long number, RecordKey key, int partition, VersionVector upTo) {

    public KeyChange {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(upTo, "upTo");
    }
}
