package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes the log of each origin takes, keys included, as they are before the store compresses them.
 *
 * <p>Now and then a <i>mark</i> is stored beside the log: how many bytes of it were written up to some entry. So a new start reads one mark's
 * worth of entries and not the whole log, and it is found without reading the log where so many bytes of it end. Where a log begins is
 * known to a mark only: what is said of an origin is exact, or too much by less than the distance between two marks.
 */
final class LogSizes {

    /** So many marks in what a partition may keep: small logs have finer ones. */
    private static final long MARKS_IN_A_LOG = 128;

    private static final long LEAST_DISTANCE_BYTES = 1 << 10;
    private static final long MOST_DISTANCE_BYTES = 256 << 10;

    private final StoreReader store;
    private final StoreKeys keys;
    private final long distanceBytes;
    private final Map<Origin, Size> sizes = new HashMap<>();

    /** Of a partition whose logs may keep about so many bytes. */
    LogSizes(StoreReader store, StoreKeys keys, long mostBytes) {
        this.store = store;
        this.keys = keys;
        this.distanceBytes = Math.max(LEAST_DISTANCE_BYTES, Math.min(MOST_DISTANCE_BYTES, mostBytes / MARKS_IN_A_LOG));
    }

    /** What an entry takes. */
    static long bytesOf(Bytes key, Bytes entry) {
        return key.length() + (long) entry.length();
    }

    /**
     * An entry is put into the log.
     *
     * @param first where the origin's log begins
     */
    void appended(Origin origin, long first, long sequence, long bytes, WriteBatch batch) {
        Size size = of(origin, first);
        size.end += bytes;
        if (size.end - size.lastMark >= distanceBytes) {
            mark(origin, sequence, size, batch);
        }
    }

    /** How many bytes the origin's log takes that begins at {@code first}. */
    long bytes(Origin origin, long first) {
        Size size = of(origin, first);
        return size.end - size.begin;
    }

    /** How many of these the entries up to that one take; too little, if anything. */
    long bytesUpTo(Origin origin, long first, long sequence) {
        Size size = of(origin, first);
        return Math.max(0, lastMarkUpTo(origin, sequence).bytes - size.begin);
    }

    /** The last one of the log's first entries that take so many bytes together; of all entries, where they take less. */
    long lastOf(Origin origin, long first, long bytes) {
        long wanted = of(origin, first).begin + bytes;
        Mark from = new Mark(first - 1, of(origin, first).begin);
        try (Scan marks = marks(origin)) {
            Mark next = Mark.next(marks);
            while (next.isThere() && next.bytes < wanted) {
                from = next.sequence >= first ? next : from;
                next = Mark.next(marks);
            }
        }
        return lastOf(origin, from, wanted);
    }

    private long lastOf(Origin origin, Mark from, long wanted) {
        long last = from.sequence;
        long sum = from.bytes;
        try (Scan entries = entriesAfter(origin, last)) {
            while (sum < wanted && entries.advance()) {
                last = StoreKeys.sequenceOf(entries.key());
                sum += bytesOf(entries.key(), entries.value());
            }
        } catch (StoreException unreadable) {
            // It stays up to there, and is told of when somebody asks for it.
            return last;
        }
        return last;
    }

    /**
     * The origin's log is to begin at {@code first}.
     *
     * @param before where it began until now
     * @param isEmptied whether nothing of it is left
     */
    void truncated(Origin origin, long before, long first, boolean isEmptied, WriteBatch batch) {
        Size size = of(origin, before);
        Mark begin = lastMarkUpTo(origin, first - 1);
        if (isEmptied) {
            mark(origin, first - 1, size, batch);
            begin = new Mark(first - 1, size.end);
        }
        size.begin = Math.max(size.begin, begin.bytes);
        batch.deleteRange(Table.META, keys.logMark(origin, 0), keys.logMark(origin, begin.sequence));
    }

    private void mark(Origin origin, long sequence, Size size, WriteBatch batch) {
        size.lastMark = size.end;
        Bytes bytes = new ByteWriter(10).varint(size.end).toBytes();
        batch.put(Table.META, keys.logMark(origin, sequence), bytes);
    }

    private Size of(Origin origin, long first) {
        return sizes.computeIfAbsent(origin, unknown -> recover(origin, first));
    }

    private Size recover(Origin origin, long first) {
        Size size = new Size();
        Mark last = Mark.NONE;
        try (Scan marks = marks(origin)) {
            for (Mark next = Mark.next(marks); next.isThere(); next = Mark.next(marks)) {
                last = next;
                size.begin = next.sequence < first ? next.bytes : size.begin;
            }
        }
        size.lastMark = last.bytes;
        size.end = last.bytes;
        try (Scan entries = entriesAfter(origin, last.sequence)) {
            while (entries.advance()) {
                size.end += bytesOf(entries.key(), entries.value());
            }
        } catch (StoreException unreadable) {
            // Counting must not keep the replica from writing; what asks for those entries is told.
            return size;
        }
        return size;
    }

    private Mark lastMarkUpTo(Origin origin, long sequence) {
        Mark last = Mark.NONE;
        try (Scan marks = marks(origin)) {
            for (Mark next = Mark.next(marks); next.isThere() && next.sequence <= sequence; next = Mark.next(marks)) {
                last = next;
            }
        }
        return last;
    }

    private Scan marks(Origin origin) {
        return store.scan(Table.META, keys.logMark(origin, 0), keys.afterLogMarks(origin));
    }

    private Scan entriesAfter(Origin origin, long sequence) {
        return store.scan(Table.LOG, keys.entry(origin, sequence + 1), keys.afterEntries(origin));
    }

    /** Bytes written since the log was begun. */
    private static final class Size {
        private long begin;
        private long end;
        private long lastMark;
    }

    /** Up to that entry so many bytes were written. */
    private record Mark(long sequence, long bytes) {

        private static final Mark NONE = new Mark(0, 0);

        private static Mark next(Scan marks) {
            return marks.advance()
                    ? new Mark(StoreKeys.sequenceOf(marks.key()), new ByteReader(marks.value()).varint())
                    : NONE;
        }

        private boolean isThere() {
            return sequence > 0;
        }
    }
}
