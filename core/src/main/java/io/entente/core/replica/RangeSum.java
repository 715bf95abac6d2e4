package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.message.Digest;
import io.entente.core.message.MovedRows;
import io.entente.core.message.RangeDigest;
import io.entente.core.message.RowState;
import io.entente.core.message.RowState.Kind;

/** What the rows of a range amount to, those left out that have moved on: the same at the verifier and at those it asks. */
final class RangeSum {

    private long counted;
    private Digest sum = Digest.none();
    private boolean unreadable;

    void add(RowState row, MovedRows moved) {
        if (moved.covers(row.key())) {
            return;
        }
        unreadable |= row.kind() == Kind.UNREADABLE;
        if (row.kind() == Kind.LIVE) {
            counted++;
            sum = sum.plus(row.digest());
        }
    }

    /** Some of the range can't be read. */
    void breaksOff() {
        unreadable = true;
    }

    boolean isUnreadable() {
        return unreadable;
    }

    /** The digest of the range that ends there. */
    RangeDigest upTo(Bytes end) {
        return new RangeDigest(end, counted, sum);
    }
}
