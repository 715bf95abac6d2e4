package io.entente.core.message;

import io.entente.core.bytes.Bytes;
import java.util.Objects;

/**
 * How far a snapshot has come.
 *
 * @param session the random bits of the source's start, so that snapshots of different starts have different names
 * @param number counts the snapshots of that start, from 1
 * @param row the place of the last row; empty for none
 */
public record SnapshotPosition(long session, long number, Bytes row) {

    public SnapshotPosition {
        Objects.requireNonNull(row, "row");
    }

    /** Whether both are of the same snapshot. */
    public boolean isOfSameSnapshot(SnapshotPosition other) {
        return session == other.session && number == other.number;
    }

    /** Another place in the same snapshot. */
    public SnapshotPosition at(Bytes place) {
        return new SnapshotPosition(session, number, place);
    }
}
