package io.entente.core.replica;

import io.entente.conflict.version.Dot;
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
 * The records: in the store, before it a cache, and before that what this step has changed.
 *
 * <p>With the records goes the list of tombstones that wait for their purge: those of records that hold nothing else.
 */
final class Records {

    private final StoreReader store;
    private final StoreKeys keys;
    private final SiblingsCodec codec;
    private final Map<RecordKey, Change> changed = new LinkedHashMap<>();
    private final RecordCache cache;

    Records(StoreReader store, StoreKeys keys, SiblingsCodec codec, long cacheBytes) {
        this.store = store;
        this.keys = keys;
        this.codec = codec;
        this.cache = new RecordCache(cacheBytes);
    }

    Siblings get(RecordKey key) {
        Change change = changed.get(key);
        return change != null ? change.after : committed(key);
    }

    void put(RecordKey key, Siblings siblings) {
        Change change = changed.get(key);
        if (change == null) {
            changed.put(key, new Change(committed(key), siblings));
        } else {
            change.after = siblings;
        }
    }

    /** Writes what changed in this step, and begins the next one. */
    void flush(WriteBatch batch) {
        changed.forEach((key, change) -> {
            Bytes storeKey = keys.record(key);
            if (change.after.isEmpty()) {
                batch.delete(Table.RECORD, storeKey);
            } else {
                batch.put(Table.RECORD, storeKey, codec.encode(change.after));
            }
            listTombstones(key, change, batch);
            cache.put(key, change.after);
        });
        changed.clear();
    }

    private Siblings committed(RecordKey key) {
        Siblings cached = cache.get(key);
        if (cached != null) {
            return cached;
        }
        Siblings stored =
                store.get(Table.RECORD, keys.record(key)).map(codec::decode).orElse(Siblings.none());
        cache.put(key, stored);
        return stored;
    }

    private void listTombstones(RecordKey key, Change change, WriteBatch batch) {
        List<Sibling> before = purgeable(change.before);
        List<Sibling> after = purgeable(change.after);
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

    private static final class Change {
        private final Siblings before;
        private Siblings after;

        private Change(Siblings before, Siblings after) {
            this.before = before;
            this.after = after;
        }
    }
}
