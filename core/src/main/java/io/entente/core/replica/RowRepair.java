package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PartKeys;
import io.entente.core.message.RowState;
import io.entente.core.message.VerifyMessage.Repair;
import io.entente.core.repair.MovedSince;
import io.entente.core.repair.RowReader;
import io.entente.core.repair.ViewRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a row that most replicas hold in the place of what this one holds, provided that no write has touched it since the view in which it
 * was found wrong: what was right there would be an old state here.
 */
final class RowRepair {

    private final VerificationScope scope;
    private final Records records;
    private final Parts parts;
    private final Purge purge;
    private final RowReader reader;

    RowRepair(VerificationScope scope, Records records, Parts parts, Purge purge) {
        this.scope = scope;
        this.records = records;
        this.parts = parts;
        this.purge = purge;
        this.reader = scope.reader();
    }

    /**
     * Makes repairs, at the beginning of a step; says of each whether it was made.
     *
     * @param moved which rows have moved on since the view in which they were found wrong
     */
    List<Boolean> make(MovedSince moved, List<Repair> repairs) {
        moved.advance(scope.store(), scope.applied().vector());
        List<Boolean> made = new ArrayList<>(repairs.size());
        for (Repair repair : repairs) {
            Bytes key = repair.wrong().key();
            boolean makes = scope.isComparable() && !moved.mayHaveMoved(key) && isStillWrong(repair) && isRight(repair);
            if (makes) {
                put(key, repair.row());
            }
            made.add(makes);
        }
        return made;
    }

    private boolean isStillWrong(Repair repair) {
        RowState now = new ViewRows(scope.store(), reader).state(repair.wrong().key());
        return now.equals(repair.wrong()) || now.agreesWith(repair.wrong());
    }

    private boolean isRight(Repair repair) {
        RowState right = repair.row()
                .map(row -> reader.read(repair.right().key(), row))
                .orElseGet(() -> RowState.of(repair.right().key(), RowState.Kind.ABSENT));
        return right.agreesWith(repair.right())
                && right.key().equals(repair.wrong().key());
    }

    private void put(Bytes key, Optional<Bytes> row) {
        if (PartKeys.isPart(key)) {
            parts.repair(key, row);
        } else {
            records.repair(key, row, scope.draft().batch());
        }
        purge.lookAgain();
    }
}
