package io.entente.core.simulation;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.journal.JournalCodec;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.message.Entry;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what replicas want on their disks. */
final class StoredForm {

    private final OriginCodec origins = new OriginCodec(new OriginPool());
    private final EntryCodec entries = new EntryCodec(origins);
    private final SiblingsCodec siblings = new SiblingsCodec(origins);
    private final JournalCodec conflicts = new JournalCodec(origins);

    /** An entry put into a log. */
    record Logged(Bytes key, Entry entry) {}

    /** The entries that the batch adds to the log, in their order. */
    List<Logged> logged(WriteBatch batch) {
        List<Logged> logged = new ArrayList<>();
        each(batch, Table.LOG, (key, value) -> {
            ByteReader in = new ByteReader(key);
            in.u16();
            Origin origin = origins.readOrigin(in);
            logged.add(new Logged(key, entries.decode(origin, in.i64(), value).entry()));
        });
        return logged;
    }

    /** The components of the vector that the batch sets. */
    Map<Origin, Long> vectorPuts(WriteBatch batch) {
        Map<Origin, Long> components = new LinkedHashMap<>();
        each(batch, Table.META, (key, value) -> {
            if (key.at(2) == 'v') {
                components.put(origins.readOrigin(StoreKeys.metaTail(key)), new ByteReader(value).varint());
            }
        });
        return components;
    }

    /** Where the batch lets logs begin. */
    Map<Origin, Long> logBeginnings(WriteBatch batch) {
        Map<Origin, Long> beginnings = new LinkedHashMap<>();
        each(batch, Table.META, (key, value) -> {
            if (key.at(2) == 'f') {
                beginnings.put(origins.readOrigin(StoreKeys.metaTail(key)), new ByteReader(value).varint());
            }
        });
        return beginnings;
    }

    /** The origins whose logs the batch takes something from. */
    Set<Origin> logsShortened(WriteBatch batch) {
        Set<Origin> shortened = new LinkedHashSet<>();
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {}

            @Override
            public void delete(Table table, Bytes key) {
                deleteRange(table, key, key);
            }

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                if (table == Table.LOG) {
                    ByteReader in = new ByteReader(fromInclusive);
                    in.u16();
                    shortened.add(origins.readOrigin(in));
                }
            }
        });
        return shortened;
    }

    /** The records that the batch changes, and whether it removes them. */
    Map<RecordKey, Boolean> recordsTouched(WriteBatch batch) {
        Map<RecordKey, Boolean> touched = new LinkedHashMap<>();
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                if (table == Table.RECORD && !PartKeys.isPart(key)) {
                    touched.put(StoreKeys.recordOf(key), false);
                }
            }

            @Override
            public void delete(Table table, Bytes key) {
                if (table == Table.RECORD && !PartKeys.isPart(key)) {
                    touched.put(StoreKeys.recordOf(key), true);
                }
            }

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {}
        });
        return touched;
    }

    /** A conflict put into a journal, and the bytes of its row. */
    record Journaled(JournaledConflict conflict, int length) {}

    /** The conflicts that the batch adds to the journal, in their order. */
    List<Journaled> journaled(WriteBatch batch) {
        List<Journaled> journaled = new ArrayList<>();
        each(batch, Table.JOURNAL, (key, value) -> {
            if (isConflict(Table.JOURNAL, key)) {
                journaled.add(new Journaled(conflicts.decode(StoreKeys.sequenceOf(key), value), value.length()));
            }
        });
        return journaled;
    }

    /** Whether that is the key of a conflict in a journal. */
    static boolean isConflict(Table table, Bytes key) {
        return table == Table.JOURNAL && key.at(2) == 'c';
    }

    Siblings siblings(Bytes encoded) {
        return siblings.decode(encoded);
    }

    private static void each(WriteBatch batch, Table of, Put action) {
        batch.forEach(new WriteBatch.Visitor() {
            @Override
            public void put(Table table, Bytes key, Bytes value) {
                if (table == of) {
                    action.put(key, value);
                }
            }

            @Override
            public void delete(Table table, Bytes key) {}

            @Override
            public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {}
        });
    }

    private interface Put {
        void put(Bytes key, Bytes value);
    }
}
