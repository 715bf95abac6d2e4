package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.MovedRows;
import io.entente.core.message.RangeDigest;
import io.entente.core.message.RowState;
import io.entente.core.repair.ViewRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Consecutive ranges of the verifier's rows and what they amount to: one message of digests. It is the two lowest levels of a Merkle
 * tree (Merkle, 1987; as anti-entropy uses it, DeCandia et al., <i>Dynamo</i>, 2007, section 4.7) whose upper ones would save nothing, since
 * a replica has to read its rows in any case.
 */
final class RangeBatch {

    private static final int ROWS_A_RANGE = 128;
    private static final int RANGES = 32;

    private final Bytes from;
    private final Bytes end;
    private final MovedRows moved;
    private final List<RangeDigest> ranges = new ArrayList<>();
    private final Set<Integer> unreadable = new TreeSet<>();
    private Bytes position;
    private int rowsInRange;
    private RangeSum sum = new RangeSum();
    private boolean blocked;

    /** From there on, until before {@code end} at the most. */
    RangeBatch(Bytes from, Bytes end, MovedRows moved) {
        this.from = from;
        this.position = from;
        this.end = end;
        this.moved = moved;
    }

    /** Reads a slice more; says whether the batch is complete. */
    boolean readSome(ViewRows rows) {
        ViewRows.Slice slice = rows.read(position, end, VerificationScope.ROWS_A_SLICE, this::add);
        position = slice.next();
        blocked = slice.unreadable();
        if ((position.equals(end) || blocked) && (rowsInRange > 0 || position.equals(end))) {
            close(position);
        }
        return position.equals(end) || blocked || ranges.size() >= RANGES;
    }

    private void add(RowState row) {
        rowsInRange++;
        sum.add(row, moved);
        if (rowsInRange == ROWS_A_RANGE) {
            close(StoreKeys.behind(row.key()));
        }
    }

    private void close(Bytes to) {
        if (sum.isUnreadable()) {
            unreadable.add(ranges.size());
        }
        ranges.add(sum.upTo(to));
        rowsInRange = 0;
        sum = new RangeSum();
    }

    Bytes from() {
        return from;
    }

    List<RangeDigest> ranges() {
        return ranges;
    }

    /** Those of the ranges in which a row of the verifier's is unreadable. */
    Set<Integer> unreadable() {
        return unreadable;
    }

    /** Where that range begins. */
    Bytes beginOf(int range) {
        return range == 0 ? from : ranges.get(range - 1).to();
    }

    /** Where the batch ends. */
    Bytes next() {
        return ranges.isEmpty() ? from : ranges.get(ranges.size() - 1).to();
    }

    /** Whether the store can't go on from there. */
    boolean isBlocked() {
        return blocked;
    }
}
