package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * A row of a snapshot, as its source stores it.
 *
 * @param place where it belongs: the kind of row and its key, without the partition; rows are sent in the order of their places
 * @param value its value
 */
public record SnapshotRow(Bytes place, Bytes value) {

    public SnapshotRow {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(value, "value");
    }

    /** The bytes of both. */
    public int bytes() {
        return place.length() + value.length();
    }
}
