package io.entente.core.repair;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.MovedRows;
import io.entente.core.store.StoreReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a replica have moved on since a view of it, followed as it goes on, a few writes at a time. What it can't follow any more it
 * takes for moved. Confined to one replica.
 */
public final class MovedSince {

    /** Beyond so many rows everything counts as moved. */
    private static final int MOST_ROWS = 100_000;

    /** So many lists are looked through before they become one. */
    private static final int MOST_LISTS = 32;

    private final Moves moves;
    private final List<MovedRows> lists = new ArrayList<>();
    private VersionVector upTo;
    private boolean lost;

    /** Nothing has moved on from that vector yet. */
    public MovedSince(Moves moves, VersionVector view) {
        this.moves = moves;
        this.upTo = view;
    }

    /** Follows the replica to that vector, whose writes its log has. */
    public void advance(StoreReader store, VersionVector now) {
        if (lost || upTo.equals(now)) {
            return;
        }
        Optional<MovedRows> more = moves.between(store, upTo, now);
        upTo = now;
        lost = more.isEmpty();
        more.ifPresent(lists::add);
        if (lists.size() > MOST_LISTS) {
            gather();
        }
    }

    /** The lists of one size become one, so that each row is moved a few times at the most. */
    private void gather() {
        MovedRows all = MovedRows.none();
        while (!lists.isEmpty()
                && (lists.size() > 1 || all.size() >= lists.get(0).size())) {
            all = all.with(lists.remove(lists.size() - 1));
        }
        lists.add(all);
        lost = lists.stream().mapToInt(MovedRows::size).sum() > MOST_ROWS;
    }

    /** Whether the row may not be what it was in the view. */
    public boolean mayHaveMoved(Bytes key) {
        return lost || lists.stream().anyMatch(rows -> rows.covers(key));
    }
}
