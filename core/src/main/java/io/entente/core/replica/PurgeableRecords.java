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

/** Deleted records: those that hold tombstones alone. */
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
        return keys.tombstone(origin, sequence);
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
        if (!record.isEmpty() && record.isAbsent() && record.dots().stream().allMatch(stability::isStable)) {
            records.remove(key);
        }
    }
}
