package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * How far a snapshot has come. A row whose value is too long for one message is sent in parts, so this may lie inside of one.
 *
 * @param session the random bits of the source's start, so that snapshots of different starts have different names
 * @param number counts the snapshots of that start, from 1
 * @param row the place of the last row of which something has come; empty for none
 * @param taken how many bytes of that row's value have come where more of it is to come; 0 when the row is whole
 * @param bytes how many bytes of rows have come in all, places included
 */
public record SnapshotPosition(long session, long number, Bytes row, long taken, long bytes) {

    public SnapshotPosition {
        Objects.requireNonNull(row, "row");
    }

    /** Where a snapshot begins. */
    public static SnapshotPosition begin(long session, long number) {
        return new SnapshotPosition(session, number, Bytes.empty(), 0, 0);
    }

    /** Whether both are of the same snapshot. */
    public boolean isOfSameSnapshot(SnapshotPosition other) {
        return session == other.session && number == other.number;
    }

    /** Another place in the same snapshot. */
    public SnapshotPosition at(Bytes place, long takenOfIt, long bytesInAll) {
        return new SnapshotPosition(session, number, place, takenOfIt, bytesInAll);
    }

    /** Whether the row there has come as a whole, or none has come yet. */
    public boolean isBetweenRows() {
        return taken == 0;
    }
}
