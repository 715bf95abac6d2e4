package io.entente.core.replica;

import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records read or written last, up to about a number of bytes. Absence is worth remembering too. */
final class RecordCache {

    /** About what the objects of a record and of a sibling take beside their content. */
    private static final int RECORD_OVERHEAD = 160;

    private static final int SIBLING_OVERHEAD = 96;

    private final long limitBytes;
    private final Map<RecordKey, Siblings> recent = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    RecordCache(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Nullable
    Siblings get(RecordKey key) {
        return recent.get(key);
    }

    void put(RecordKey key, Siblings siblings) {
        Siblings before = recent.put(key, siblings);
        bytes += weight(key, siblings) - (before == null ? 0 : weight(key, before));
        Iterator<Map.Entry<RecordKey, Siblings>> eldest = recent.entrySet().iterator();
        while (bytes > limitBytes && recent.size() > 1) {
            Map.Entry<RecordKey, Siblings> entry = eldest.next();
            bytes -= weight(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    private static long weight(RecordKey key, Siblings siblings) {
        long weight = (long) RECORD_OVERHEAD + key.map().length() + key.key().length();
        for (Sibling sibling : siblings.versions()) {
            weight += SIBLING_OVERHEAD + sibling.payload().length();
        }
        return weight;
    }
}
