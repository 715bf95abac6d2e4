package io.entente.core.journal;

import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A replica's conflict journal, being written: one row a conflict, one row a key that says where its conflicts are, and one row for
 * how full it is. All go into the batch of the step that made the conflict.
 *
 * <p>A conflict costs one read and two rows, and a third once a step. Its own row repeats what the record holds, values only up to
 * a bound, so that it is no larger than the record plus some hundred bytes: a key that is in conflict all the time has at most twice
 * as much written. When the journal is full, a conflict also takes one seek to the oldest row, one more read, and drops that;
 * nothing ever goes through the whole journal but a recovery that finds no row of how full it is.
 *
 * <p>Rows that can't be read, of a later version or damaged, are dropped in their turn like others: a journal stops no replication.
 * Confined to one replica.
 */
public final class ConflictJournal {

    private final StoreReader store;
    private final StoreKeys keys;
    private final JournalCodec codec;
    private final JournalLimits limits;
    private final Map<RecordKey, List<Kept>> lists = new LinkedHashMap<>();
    private final TreeMap<Long, Bytes> added = new TreeMap<>();
    private final Set<Long> dropped = new HashSet<>();
    private JournalState state;

    private ConflictJournal(
            StoreReader store, StoreKeys keys, JournalCodec codec, JournalLimits limits, JournalState state) {
        this.store = store;
        this.keys = keys;
        this.codec = codec;
        this.limits = limits;
        this.state = state;
    }

    /**
     * The journal that the store holds for a partition.
     *
     * @param store what has been committed; only read here
     * @param keys the partition's keys
     * @param origins decodes origins
     * @param limits its bounds; one that holds more comes within them with its next conflict
     */
    public static ConflictJournal recover(
            StoreReader store, StoreKeys keys, OriginCodec origins, JournalLimits limits) {
        return new ConflictJournal(store, keys, new JournalCodec(origins), limits, stateOf(store, keys));
    }

    /** How full a partition's journal is; counted, where no row says so or it can't be read. */
    static JournalState stateOf(StoreReader store, StoreKeys keys) {
        Optional<Bytes> row = store.get(Table.JOURNAL, keys.journalState());
        if (row.isPresent()) {
            try {
                return JournalState.decode(row.get());
            } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
                return counted(store, keys);
            }
        }
        return counted(store, keys);
    }

    private static JournalState counted(StoreReader store, StoreKeys keys) {
        JournalState state = JournalState.EMPTY;
        try (Scan scan = store.scan(Table.JOURNAL, keys.conflict(0), keys.afterConflicts())) {
            while (scan.advance()) {
                state = state.with(
                        StoreKeys.sequenceOf(scan.key()), scan.value().length());
            }
        }
        return state;
    }

    /**
     * Journals a conflict, in the batch that the next {@link #flush} is given.
     *
     * @param key the record
     * @param siblings what it holds now
     * @param extended the conflict it was in before, if it was in one
     * @param wallMillis the wall clock
     */
    public JournaledConflict add(RecordKey key, Siblings siblings, Optional<ConflictId> extended, long wallMillis) {
        Room room = new Room(limits.valueBytes());
        JournaledConflict conflict = new JournaledConflict(
                state.next(wallMillis),
                ConflictId.of(key, siblings.dots()),
                key,
                siblings.versions().stream().map(room::take).toList(),
                siblings.ancestors().stream().map(room::take).toList(),
                extended,
                wallMillis);
        long position = conflict.position();
        Bytes row = codec.encode(conflict);
        added.put(position, row);
        state = state.with(position, row.length());
        List<Kept> ofKey = listOf(key);
        ofKey.add(new Kept(position, row.length()));
        while (ofKey.size() > limits.conflictsOfAKey()) {
            drop(ofKey.remove(0));
        }
        boolean more = true;
        while (more && limits.isExceededBy(state.conflicts(), state.bytes())) {
            more = dropOldest();
        }
        return conflict;
    }

    /** Writes what was journaled and dropped since the last call. */
    public void flush(WriteBatch batch) {
        if (lists.isEmpty() && added.isEmpty() && dropped.isEmpty()) {
            return;
        }
        dropped.stream().sorted().forEach(position -> batch.delete(Table.JOURNAL, keys.conflict(position)));
        added.forEach((position, row) -> batch.put(Table.JOURNAL, keys.conflict(position), row));
        lists.forEach((key, list) -> {
            if (list.isEmpty()) {
                batch.delete(Table.JOURNAL, keys.conflictsOf(key));
            } else {
                batch.put(Table.JOURNAL, keys.conflictsOf(key), Kept.encode(list));
            }
        });
        batch.put(Table.JOURNAL, keys.journalState(), state.encode());
        dropped.clear();
        added.clear();
        lists.clear();
    }

    private List<Kept> listOf(RecordKey key) {
        return lists.computeIfAbsent(
                key, of -> listOf(store.get(Table.JOURNAL, keys.conflictsOf(of)).orElse(Bytes.empty())));
    }

    private static List<Kept> listOf(Bytes row) {
        try {
            return row.isEmpty() ? new ArrayList<>() : Kept.decode(row);
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return new ArrayList<>();
        }
    }

    private void drop(Kept row) {
        if (added.remove(row.position()) == null) {
            dropped.add(row.position());
        }
        state = state.without(row.position(), row.length());
    }

    /** Drops the oldest conflict but the one just added; {@code false} when there is none. */
    private boolean dropOldest() {
        Optional<Row> found = oldest();
        if (found.isEmpty()) {
            return false;
        }
        Row oldest = found.get();
        state = state.beginningAfter(oldest.position);
        drop(new Kept(oldest.position, oldest.content.length()));
        try {
            listOf(JournalCodec.keyOf(oldest.content)).removeIf(kept -> kept.position() == oldest.position);
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            // The list of a key that can't be read any more names a row that is gone: readers pass over such.
        }
        return true;
    }

    private Optional<Row> oldest() {
        try (Scan scan = store.scan(Table.JOURNAL, keys.conflict(state.oldest()), keys.afterConflicts())) {
            while (scan.advance()) {
                long position = StoreKeys.sequenceOf(scan.key());
                if (!dropped.contains(position)) {
                    return Optional.of(new Row(position, scan.value()));
                }
            }
        }
        return added.size() < 2
                ? Optional.empty()
                : Optional.of(new Row(added.firstKey(), added.firstEntry().getValue()));
    }

    private record Row(long position, Bytes content) {}

    /** Values as long as there is room for them, in the order of the siblings, the ancestors' last; a deletion needs none. */
    private static final class Room {

        private long left;

        private Room(long bytes) {
            this.left = bytes;
        }

        private JournaledVersion take(Sibling version) {
            int length = version.payload().length();
            if (length > left) {
                return JournaledVersion.measured(version);
            }
            left -= length;
            return JournaledVersion.whole(version);
        }
    }
}
