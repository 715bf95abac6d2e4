package io.entente.cluster.conflict;

import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.journal.JournalReader;
import io.entente.core.journal.JournalState;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the journals of several partitions as one, in the order of positions. Looks at {@value #MOST_ROWS} rows, or
 * {@value #MOST_BYTES} bytes of them, at the most, however few of them are wanted. Confined to one thread and one snapshot.
 */
final class JournalListing {

    static final int MOST_ROWS = 2_000;
    static final long MOST_BYTES = 8 << 20;

    private final StoreReader snapshot;
    private final SiblingsCodec records = new SiblingsCodec(new OriginCodec(new OriginPool()));

    JournalListing(StoreReader snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * What is read at once.
     *
     * @param partitions of which partitions
     * @param after from where on
     * @param filter which conflicts
     * @param openOnly whether only those whose keys still hold their siblings
     * @param limit how many at the most
     */
    record Look(
            Collection<Integer> partitions,
            JournalPosition after,
            ConflictFilter filter,
            boolean openOnly,
            int limit) {}

    /**
     * A conflict, and the record where it still is in it.
     *
     * @param partition in whose journal it is
     * @param conflict the conflict
     * @param current the key's siblings, if they are still those of the conflict
     */
    record Row(int partition, JournaledConflict conflict, Optional<Siblings> current) {}

    /**
     * What was found.
     *
     * @param rows the conflicts
     * @param reached the position after the last one looked at
     * @param more whether there are more to look at
     */
    record Found(List<Row> rows, JournalPosition reached, boolean more) {

        /** The first so many of the conflicts that were found after a position. */
        Found upTo(int count, JournalPosition after) {
            if (count == rows.size()) {
                return this;
            }
            JournalPosition last = after;
            for (Row row : rows.subList(0, count)) {
                last = last.with(row.partition, row.conflict.position());
            }
            return new Found(rows.subList(0, count), last, true);
        }
    }

    /** How far the journals reach. */
    JournalPosition end(int partitions) {
        TreeMap<Integer, Long> reached = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            long last = reader(partition).state().last();
            if (last > 0) {
                reached.put(partition, last);
            }
        }
        return new JournalPosition(0, reached);
    }

    /** How far conflicts were dropped, in partitions where that is after a position. */
    JournalPosition dropped(Collection<Integer> partitions, JournalPosition after) {
        TreeMap<Integer, Long> dropped = new TreeMap<>();
        for (int partition : partitions) {
            long upTo = reader(partition).state().dropped();
            if (upTo > after.of(partition)) {
                dropped.put(partition, upTo);
            }
        }
        return new JournalPosition(0, dropped);
    }

    Found read(Look look) {
        Optional<RecordKey> one = look.filter.record();
        if (one.isPresent() && look.partitions.size() == 1) {
            return ofKey(one.get(), look.partitions.iterator().next(), look);
        }
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(
                Comparator.<Cursor>comparingLong(cursor -> cursor.conflict().position())
                        .thenComparing(cursor -> cursor.partition));
        List<Cursor> opened = new ArrayList<>();
        try {
            for (int partition : look.partitions) {
                JournalState state = reader(partition).state();
                if (state.conflicts() > 0 && state.last() > look.after.of(partition)) {
                    Cursor cursor = new Cursor(partition, reader(partition).after(look.after.of(partition)));
                    opened.add(cursor);
                    if (cursor.rows.advance()) {
                        cursors.add(cursor);
                    }
                }
            }
            return merge(cursors, look);
        } finally {
            opened.forEach(cursor -> cursor.rows.close());
        }
    }

    /** One key's conflicts are found by the key. */
    private Found ofKey(RecordKey key, int partition, Look look) {
        List<Row> rows = new ArrayList<>();
        JournalPosition reached = look.after;
        for (JournaledConflict conflict : reader(partition).of(key)) {
            if (conflict.position() > reached.of(partition)) {
                if (rows.size() == look.limit) {
                    return new Found(rows, reached, true);
                }
                Optional<Siblings> current = current(partition, conflict);
                if (current.isPresent() || !look.openOnly) {
                    rows.add(new Row(partition, conflict, current));
                }
                reached = reached.with(partition, conflict.position());
            }
        }
        return new Found(rows, reached, false);
    }

    private Found merge(PriorityQueue<Cursor> cursors, Look look) {
        List<Row> rows = new ArrayList<>();
        TreeMap<Integer, Long> reached = new TreeMap<>(look.after.reached());
        int looked = 0;
        long bytes = 0;
        while (!cursors.isEmpty() && rows.size() < look.limit && looked < MOST_ROWS && bytes < MOST_BYTES) {
            Cursor first = cursors.remove();
            JournaledConflict conflict = first.conflict();
            looked++;
            bytes += first.rows.length();
            reached.put(first.partition, conflict.position());
            if (look.filter.wants(conflict.key())) {
                Optional<Siblings> current = current(first.partition, conflict);
                bytes += current.map(JournalListing::bytes).orElse(0L);
                if (current.isPresent() || !look.openOnly) {
                    rows.add(new Row(first.partition, conflict, current));
                }
            }
            if (first.rows.advance()) {
                cursors.add(first);
            }
        }
        return new Found(rows, new JournalPosition(look.after.floor(), reached), !cursors.isEmpty());
    }

    /** What a record's values take, those kept as ancestors among them: the journal itself holds small ones only. */
    private static long bytes(Siblings record) {
        return Stream.concat(record.versions().stream(), record.ancestry().kept().stream())
                .mapToLong(version -> version.payload().length())
                .sum();
    }

    /** The record, where it still holds just the conflict's siblings. */
    private Optional<Siblings> current(int partition, JournaledConflict conflict) {
        try {
            return snapshot.get(Table.RECORD, new StoreKeys(partition).record(conflict.key()))
                    .map(this::decoded)
                    .filter(record -> record.dots().equals(conflict.dots()));
        } catch (MalformedBytesException | UnsupportedFormatException unreadable) {
            return Optional.empty();
        }
    }

    private Siblings decoded(Bytes record) {
        return records.decode(record);
    }

    private JournalReader reader(int partition) {
        return new JournalReader(snapshot, partition);
    }

    private static final class Cursor {

        private final int partition;
        private final JournalReader.Cursor rows;

        private Cursor(int partition, JournalReader.Cursor rows) {
            this.partition = partition;
            this.rows = rows;
        }

        private JournaledConflict conflict() {
            return rows.conflict();
        }
    }
}
