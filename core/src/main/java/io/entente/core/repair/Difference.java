package io.entente.core.repair;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.message.RowState;
import io.entente.core.record.RecordKey;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row that replicas hold differently although they have the same writes, or that one of them can't read.
 *
 * @param key the record, or the mergeable value whose part it is
 * @param row the row's key in the store
 * @param held what each of them holds
 * @param outcome what became of it
 */
public record Difference(RecordKey key, Bytes row, SortedMap<NodeId, RowState> held, Outcome outcome) {

    public Difference {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(row, "row");
        held = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(held));
        Objects.requireNonNull(outcome, "outcome");
    }

    /** Of the row that was voted on. */
    public static Difference of(Bytes row, Ballot ballot, Outcome outcome) {
        RecordKey key = PartKeys.isPart(row) ? PartKeys.valueOf(row) : StoreKeys.recordOf(row);
        return new Difference(key, row, ballot.states(), outcome);
    }

    /** What became of a difference. */
    public enum Outcome {
        /** Those in the minority hold what the majority holds. */
        REPAIRED,
        /** Nothing says who is right. */
        NO_MAJORITY,
        /** Somebody in the minority has written to it meanwhile; the next verification looks again. */
        CHANGED_MEANWHILE,
        /** The row couldn't be fetched, or not be written, now. */
        NOT_REPAIRED
    }
}
