package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.replica.PurgeList.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Removes what leaves nothing to remember: records that hold tombstones alone, every one of them causally stable, for any write that
 * may still arrive has seen these tombstones and would supersede them; and likewise rows of mergeable values.
 */
final class Purge {

    private final AppliedState applied;
    private final Stability stability;
    private final List<Progress> lists = new ArrayList<>();
    private final int purgesPerTick;

    Purge(AppliedState applied, Stability stability, List<PurgeList> lists, int purgesPerTick) {
        this.applied = applied;
        this.stability = stability;
        this.purgesPerTick = purgesPerTick;
        lists.forEach(list -> this.lists.add(new Progress(list)));
    }

    /** Purges some of what has become purgeable; the rest at the next ticks. */
    void purgeSome() {
        stability.count();
        int left = purgesPerTick;
        for (int i = 0; i < applied.vector().size() && left > 0; i++) {
            Origin origin = applied.vector().originAt(i);
            if (!applied.advanced().contains(origin)) {
                for (Progress list : lists) {
                    left -= list.purgeSome(origin, left);
                }
            }
        }
    }

    /** Goes through everything that is listed once more: rows that were passed by have become others. */
    void lookAgain() {
        lists.forEach(list -> list.next.clear());
    }

    /** How far one list was gone through. */
    private final class Progress {

        private final PurgeList list;

        /**
         * By origin, where to go on. A member that begins a new life takes its evidence back, but what was stable once is stable again
         * with its first report, for it has caught up with everybody: nothing has to be looked at twice.
         */
        private final Map<Origin, Bytes> next = new TreeMap<>();

        private Progress(PurgeList list) {
            this.list = list;
        }

        /** Purges of what is listed in the store; so the origin must not have advanced in this step. */
        private int purgeSome(Origin origin, int atMost) {
            Bytes from = next.getOrDefault(origin, list.begin(origin, 1));
            Bytes end = list.begin(origin, stability.stableUpTo(origin) + 1);
            if (from.compareTo(end) >= 0 || atMost < 1) {
                return 0;
            }
            List<Listed> listed = list.list(from, end, atMost);
            listed.forEach(row -> row.purgeIfStable().run());
            next.put(
                    origin,
                    listed.size() < atMost
                            ? end
                            : StoreKeys.behind(listed.get(listed.size() - 1).key()));
            return listed.size();
        }
    }
}
