package io.entente.core.simulation;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.ArrayList;
import java.util.List;

/** The bugs that show in what reaches the disk. */
final class StoreBugs {

    private StoreBugs() {}

    /** Of several siblings one is forgotten. */
    static final class SiblingDropped extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            return after.size() < 2 ? after : new Siblings(after.versions().subList(1, after.size()), after.ancestry());
        }
    }

    /** A write leaves the deletions it has seen where they are. */
    static final class TombstoneKept extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            List<Sibling> all = new ArrayList<>(after.versions());
            before.versions().stream()
                    .filter(Sibling::isTombstone)
                    .filter(tombstone -> !after.holds(tombstone.dot()))
                    .forEach(all::add);
            return Siblings.of(all.toArray(Sibling[]::new));
        }
    }

    /** The later time wins, even over a write that had seen the one that bears it. */
    static final class ClockBeforeCausality extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            return before.size() == 1
                            && after.size() == 1
                            && before.versions()
                                            .get(0)
                                            .timestamp()
                                            .compareTo(after.versions().get(0).timestamp())
                                    > 0
                    ? before
                    : after;
        }
    }

    /** Nothing is kept of what is superseded. */
    static final class NothingKept extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            return after.with(after.ancestry().withoutKept());
        }
    }

    /** What is kept is dropped as soon as there is no conflict, whoever may still write without having seen that. */
    static final class KeptDroppedEarly extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            return after.size() == 1 ? after.with(after.ancestry().withoutKept()) : after;
        }
    }

    /** Whether a version is kept depends on the write that happens to supersede it first. */
    static final class KeptByReplacersWish extends RecordSurgery {

        @Override
        Siblings record(Siblings before, Siblings after) {
            boolean wished = after.versions().stream()
                    .filter(version -> !before.holds(version.dot()))
                    .allMatch(added -> after.ancestry().lineage().knows(added.dot()));
            return wished ? after : after.with(after.ancestry().withoutKept());
        }
    }

    /** Changes records on their way to the disk. */
    private abstract static class RecordSurgery implements Surgery {

        private final SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));

        abstract Siblings record(Siblings before, Siblings after);

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    if (table == Table.RECORD) {
                        Siblings before =
                                disk.get(table, key).map(codec::decode).orElse(Siblings.none());
                        changed.put(table, key, codec.encode(record(before, codec.decode(value))));
                    } else {
                        changed.put(table, key, value);
                    }
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

    /** An entry that can't be applied is skipped: the vector goes on without it. */
    static final class EntrySkipped implements Surgery {

        @Override
        public WriteBatch commit(NodeId at, WriteBatch batch, StoreReader disk) {
            WriteBatch changed = new WriteBatch();
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    boolean skipped = (table == Table.LOG && StoreKeys.sequenceOf(key) % 3 == 0 && isForeign(key, at))
                            || (table == Table.RECORD && value.length() % 3 == 0);
                    if (!skipped) {
                        changed.put(table, key, value);
                    }
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

        private static boolean isForeign(Bytes key, NodeId at) {
            ByteReader in = new ByteReader(key);
            in.u16();
            return !at.isHomeOf(new OriginCodec(new OriginPool()).readOrigin(in));
        }
    }
}
