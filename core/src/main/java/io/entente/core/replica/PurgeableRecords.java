package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.RecordKeyCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.RecordKey;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that leave less to remember once their versions are causally stable.
 *
 * <p>Of those that hold tombstones alone nothing is left: any write that may still arrive has seen these and would supersede them.
 *
 * <p>Of those that hold a single version, what was superseded and is kept as ancestor is forgotten. Any write that may still arrive
 * was made where that version had superseded it; so it descends from what is kept through that version, which is then the newer
 * common ancestor, or not at all.
 */
final class PurgeableRecords implements PurgeList {

    private final StoreReader store;
    private final StoreKeys keys;
    private final Records records;
    private final Stability stability;

    PurgeableRecords(StoreReader store, StoreKeys keys, Records records, Stability stability) {
        this.store = store;
        this.keys = keys;
        this.records = records;
        this.stability = stability;
    }

    @Override
    public Bytes begin(Origin origin, long sequence) {
        return keys.purgeable(origin, sequence);
    }

    @Override
    public List<Listed> list(Bytes from, Bytes to, int atMost) {
        List<Listed> rows = new ArrayList<>();
        try (Scan scan = store.scan(Table.META, from, to)) {
            while (rows.size() < atMost && scan.advance()) {
                RecordKey key = RecordKeyCodec.decode(scan.value());
                rows.add(new Listed(scan.key(), () -> purgeIfStable(key)));
            }
        }
        return rows;
    }

    private void purgeIfStable(RecordKey key) {
        Outline record = records.outline(key);
        if (record.isEmpty() || !record.dots().stream().allMatch(stability::isStable)) {
            return;
        }
        if (record.isAbsent()) {
            records.remove(key);
        } else if (record.keepsForLate()) {
            records.forgetKept(key);
        }
    }
}
