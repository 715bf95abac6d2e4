package io.entente.core.simulation;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.journal.ConflictId;
import io.entente.core.journal.JournalCodec;
import io.entente.core.journal.JournaledConflict;
import io.entente.core.message.NodeId;
import io.entente.core.record.Siblings;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Optional;

/** The bugs of a conflict journal. */
final class JournalBugs {

    private JournalBugs() {}

    /** Conflicts are journaled beside the commit that makes them: a crash in between takes some. */
    static final class JournaledApart extends RowSurgery {

        @Override
        Optional<JournaledConflict> row(JournaledConflict row, Siblings before) {
            return row.position() % 3 == 0 ? Optional.empty() : Optional.of(row);
        }
    }

    /** A conflict's name depends on what was there first. */
    static final class NamedByArrival extends RowSurgery {

        @Override
        Optional<JournaledConflict> row(JournaledConflict row, Siblings before) {
            ConflictId id = new ConflictId(row.id().high(), row.id().low() ^ before.hashCode());
            return Optional.of(new JournaledConflict(
                    row.position(), id, row.key(), row.siblings(), row.ancestors(), row.extended(), row.atMillis()));
        }
    }

    /** A conflict that grew doesn't say of which. */
    static final class ExtensionForgotten extends RowSurgery {

        @Override
        Optional<JournaledConflict> row(JournaledConflict row, Siblings before) {
            return Optional.of(new JournaledConflict(
                    row.position(),
                    row.id(),
                    row.key(),
                    row.siblings(),
                    row.ancestors(),
                    Optional.empty(),
                    row.atMillis()));
        }
    }

    /** Nothing is ever dropped. */
    static final class Unbounded implements Surgery {

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    changed.put(table, key, value);
                }

                @Override
                public void delete(Table table, Bytes key) {
                    if (table != Table.JOURNAL) {
                        changed.delete(table, key);
                    }
                }

                @Override
                public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                    changed.deleteRange(table, fromInclusive, toExclusive);
                }
            });
            return changed;
        }
    }

    /** Changes the rows of conflicts on their way to the disk, or keeps them from it. */
    private abstract static class RowSurgery implements Surgery {

        private final OriginCodec origins = new OriginCodec(new OriginPool());
        private final JournalCodec codec = new JournalCodec(origins);
        private final SiblingsCodec records = new SiblingsCodec(origins);
        private final StoreKeys keys = new StoreKeys(0);

        abstract Optional<JournaledConflict> row(JournaledConflict row, Siblings before);

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    if (StoredForm.isConflict(table, key)) {
                        putRow(key, codec.decode(StoreKeys.sequenceOf(key), value));
                    } else {
                        changed.put(table, key, value);
                    }
                }

                private void putRow(Bytes key, JournaledConflict row) {
                    Siblings before = disk.get(Table.RECORD, keys.record(row.key()))
                            .map(records::decode)
                            .orElse(Siblings.none());
                    row(row, before).ifPresent(left -> changed.put(Table.JOURNAL, key, codec.encode(left)));
                }

                @Override
                public void delete(Table table, Bytes key) {
                    changed.delete(table, key);
                }

                @Override
                public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                    changed.deleteRange(table, fromInclusive, toExclusive);
                }
            });
            return changed;
        }
    }
}
