package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.codec.RecordKeyCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.RecordKey;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Removes deleted records that leave nothing to remember: those that hold tombstones alone, every one of them causally stable. Any
 * write that may still arrive has seen these tombstones and would supersede them.
 */
final class Purge {

    private final StoreReader store;
    private final StoreKeys keys;
    private final AppliedState applied;
    private final Records records;
    private final Stability stability;
    private final int purgesPerTick;

    /**
     * By origin, up to where the list was gone through. A member that begins a new life takes its evidence back, but what was stable
     * once is stable again with its first report, for it has caught up with everybody: nothing has to be looked at twice.
     */
    private final Map<Origin, Long> lookedAtUpTo = new TreeMap<>();

    Purge(
            StoreReader store,
            StoreKeys keys,
            AppliedState applied,
            Records records,
            Stability stability,
            int purgesPerTick) {
        this.store = store;
        this.keys = keys;
        this.applied = applied;
        this.records = records;
        this.stability = stability;
        this.purgesPerTick = purgesPerTick;
    }

    /** Purges some of what has become purgeable; the rest at the next ticks. */
    void purgeSome() {
        stability.count();
        int left = purgesPerTick;
        for (int i = 0; i < applied.vector().size() && left > 0; i++) {
            Origin origin = applied.vector().originAt(i);
            if (!applied.advanced().contains(origin)) {
                left -= purgeSome(origin, left);
            }
        }
    }

    /** Purges of what is listed in the store; so the origin must not have advanced in this step. */
    private int purgeSome(Origin origin, int atMost) {
        long from = lookedAtUpTo.getOrDefault(origin, 0L) + 1;
        long stable = stability.stableUpTo(origin);
        if (stable < from) {
            return 0;
        }
        List<Listed> listed = list(origin, from, stable, atMost);
        listed.forEach(row -> purgeIfAllStable(row.key));
        lookedAtUpTo.put(origin, listed.size() < atMost ? stable : listed.get(listed.size() - 1).sequence);
        return listed.size();
    }

    private List<Listed> list(Origin origin, long from, long to, int atMost) {
        List<Listed> rows = new ArrayList<>();
        try (Scan scan = store.scan(Table.META, keys.tombstone(origin, from), keys.tombstone(origin, to + 1))) {
            while (rows.size() < atMost && scan.advance()) {
                rows.add(new Listed(StoreKeys.sequenceOf(scan.key()), RecordKeyCodec.decode(scan.value())));
            }
        }
        return rows;
    }

    private void purgeIfAllStable(RecordKey key) {
        Outline record = records.outline(key);
        if (!record.isEmpty() && record.isAbsent() && record.dots().stream().allMatch(stability::isStable)) {
            records.remove(key);
        }
    }

    private record Listed(long sequence, RecordKey key) {}
}
