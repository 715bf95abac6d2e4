package io.entente.core.replica;

import io.entente.conflict.version.Dot;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.RecordKeyCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records: in the store, before it a cache, and before that what this step has looked at and changed.
 *
 * <p>With the records goes the list of tombstones that wait for their purge: those of records that hold nothing else.
 */
final class Records {

    private final StoreReader store;
    private final StoreKeys keys;
    private final SiblingsCodec codec;
    private final Map<RecordKey, Held> held = new LinkedHashMap<>();
    private final RecordCache cache;

    Records(StoreReader store, StoreKeys keys, SiblingsCodec codec, long cacheBytes) {
        this.store = store;
        this.keys = keys;
        this.codec = codec;
        this.cache = new RecordCache(cacheBytes);
    }

    Siblings get(RecordKey key) {
        return hold(key).now;
    }

    void put(RecordKey key, Siblings siblings) {
        hold(key).now = siblings;
    }

    /** Writes what changed in this step, and begins the next one. */
    void flush(WriteBatch batch) {
        held.forEach((key, record) -> {
            if (record.isChanged()) {
                write(record, batch);
                listTombstones(key, record, batch);
            }
        });
        held.clear();
    }

    private void write(Held record, WriteBatch batch) {
        Bytes encoded = Bytes.empty();
        if (record.now.isEmpty()) {
            batch.delete(Table.RECORD, record.storeKey);
        } else {
            encoded = codec.encode(record.now);
            batch.put(Table.RECORD, record.storeKey, encoded);
        }
        cache.put(record.storeKey, encoded);
    }

    private Held hold(RecordKey key) {
        Held record = held.get(key);
        if (record == null) {
            Bytes storeKey = keys.record(key);
            record = new Held(storeKey, committed(storeKey));
            held.put(key, record);
        }
        return record;
    }

    private Siblings committed(Bytes storeKey) {
        ByteReader known = cache.get(storeKey);
        if (known == null) {
            Bytes stored = store.get(Table.RECORD, storeKey).orElse(Bytes.empty());
            cache.put(storeKey, stored);
            known = new ByteReader(stored);
        }
        return known.remaining() == 0 ? Siblings.none() : codec.decode(known);
    }

    private void listTombstones(RecordKey key, Held record, WriteBatch batch) {
        List<Sibling> before = purgeable(record.before);
        List<Sibling> after = purgeable(record.now);
        for (Sibling tombstone : before) {
            if (!after.contains(tombstone)) {
                batch.delete(Table.META, rowOf(tombstone.dot()));
            }
        }
        for (Sibling tombstone : after) {
            if (!before.contains(tombstone)) {
                batch.put(Table.META, rowOf(tombstone.dot()), RecordKeyCodec.encode(key));
            }
        }
    }

    private Bytes rowOf(Dot dot) {
        return keys.tombstone(dot.origin(), dot.sequence());
    }

    private static List<Sibling> purgeable(Siblings siblings) {
        return siblings.isAbsent() ? siblings.versions() : List.of();
    }

    /** A record as it was before this step, and as it is now. */
    private static final class Held {
        private final Bytes storeKey;
        private final Siblings before;
        private Siblings now;

        private Held(Bytes storeKey, Siblings committed) {
            this.storeKey = storeKey;
            this.before = committed;
            this.now = committed;
        }

        @SuppressWarnings("ReferenceEquality") // what was not put is the very same object
        private boolean isChanged() {
            return now != before;
        }
    }
}
