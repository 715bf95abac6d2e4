package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * A row of a snapshot, as its source stores it, or a part of one.
 *
 * @param place where it belongs: the kind of row and its key, without the partition; rows are sent in the order of their places
 * @param value its value; of a row that is sent in parts the next bytes of it
 * @param rest how many bytes of the row's value are still to come, in later messages; 0 when this is the end of it
 */
public record SnapshotRow(Bytes place, Bytes value, long rest) {

    public SnapshotRow {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(value, "value");
    }

    /** A row as a whole. */
    public SnapshotRow(Bytes place, Bytes value) {
        this(place, value, 0);
    }

    /** The bytes of place and value here. */
    public int bytes() {
        return place.length() + value.length();
    }
}
