package io.entente.core.simulation;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.EntryCodec;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.Entry;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bugs in how snapshots are fetched and merged, and logs truncated. */
final class SnapshotBugs {

    private static final StoreKeys KEYS = new StoreKeys(0);

    private SnapshotBugs() {}

    /** What is merged is not remembered, so that a crash has records merged a second time, over what was written since. */
    static final class MergedTwice extends BatchSurgery {

        @Override
        void put(Table table, Bytes key, Bytes value) {
            boolean isMark = table == Table.STAGING && value.isEmpty();
            boolean isPosition = isJoining(table, key) && Joined.isMerging(disk());
            if (!isMark && !isPosition) {
                changed().put(table, key, value);
            }
        }

        @Override
        void deleteRange(Table table, Bytes from, Bytes to) {
            if (table != Table.STAGING || to.equals(KEYS.last())) {
                changed().deleteRange(table, from, to);
            }
        }
    }

    /** A record that isn't merged yet is looked at, and written, as it is. */
    static final class NotMergedFirst implements Surgery {

        @Override
        public ReadableStore store(NodeId at, ReadableStore disk) {
            return new Careless(disk, new HashSet<>());
        }

        /** Says of each staged row, the first time, that it is merged. */
        private record Careless(ReadableStore disk, Set<Bytes> askedFor) implements ReadableStore {

            @Override
            public Optional<Bytes> get(Table table, Bytes key) {
                Optional<Bytes> found = disk.get(table, key);
                return table == Table.STAGING && askedFor.add(key) ? Optional.of(Bytes.empty()) : found;
            }

            @Override
            public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
                return disk.scan(table, fromInclusive, toExclusive);
            }

            @Override
            public StoreSnapshot snapshot() {
                return disk.snapshot();
            }

            @Override
            public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
                return disk.approximateBytes(table, fromInclusive, toExclusive);
            }
        }
    }

    /** A write made while a snapshot is merged says that it has seen what was there before alone. */
    static final class DependsOnOldVector extends BatchSurgery {

        private final EntryCodec entries = new EntryCodec(new OriginCodec(new OriginPool()));

        @Override
        void put(Table table, Bytes key, Bytes value) {
            Bytes written = value;
            if (table == Table.LOG && Joined.isMerging(disk()) && at().isHomeOf(originOf(key))) {
                Entry entry = entries.decode(originOf(key), StoreKeys.sequenceOf(key), value)
                        .entry();
                written = entries.encode(withOldDependencies(entry, vectorOf(disk())))
                        .encoded();
            }
            changed().put(table, key, written);
        }

        private static Entry withOldDependencies(Entry entry, VersionVector before) {
            VersionVector.Builder known = new VersionVector.Builder();
            entry.newDependencies()
                    .forEach((origin, sequence) -> known.raise(origin, Math.min(sequence, before.sequenceOf(origin))));
            List<Dot> replaces =
                    entry.replaces().stream().filter(before::contains).toList();
            return new Entry(
                    entry.dot(),
                    known.build(),
                    entry.key(),
                    entry.payload(),
                    entry.timestamp(),
                    replaces,
                    entry.isKept());
        }
    }

    /** The vector is joined when the last row has come, before any is merged. */
    static final class JoinedBeforeMerged extends BatchSurgery {

        @Override
        void put(Table table, Bytes key, Bytes value) {
            changed().put(table, key, value);
            if (isJoining(table, key) && Joined.isMerging(value) && !Joined.isMerging(disk())) {
                Joined.vector(disk())
                        .forEach((origin, sequence) -> changed()
                                .put(
                                        Table.META,
                                        KEYS.vector(origin),
                                        new ByteWriter(10).varint(sequence).toBytes()));
            }
        }
    }

    /** Rows are put in the place of what is there as they come. */
    static final class InPlace extends BatchSurgery {

        @Override
        void put(Table table, Bytes key, Bytes value) {
            changed().put(table, key, value);
            if (table == Table.STAGING && !value.isEmpty() && StoreKeys.isOfRecord(StoreKeys.placeOfStaged(key))) {
                changed().put(Table.RECORD, KEYS.keyOf(StoreKeys.placeOfStaged(key)), value);
            }
        }
    }

    /** Of origins that the snapshot has more of, what they depend on is not taken from there. */
    static final class OldDependenciesKept extends BatchSurgery {

        @Override
        void put(Table table, Bytes key, Bytes value) {
            boolean isDependency = table == Table.STAGING
                    && StoreKeys.placeOfStaged(key).startsWith(StoreKeys.placeOfMeta(KEYS.dependencies()));
            if (!isDependency) {
                changed().put(table, key, value);
            }
        }
    }

    /** What is missing between two parts of a snapshot is not noticed. */
    static final class GapInSnapshot implements Surgery {

        @Override
        public List<PeerMessage> receive(NodeId at, PeerMessage message, StoreReader disk) {
            if (message instanceof SnapshotChunk chunk
                    && chunk.after().isBetweenRows()
                    && !chunk.after().row().isEmpty()) {
                SnapshotPosition after = Joined.fetchedUpTo(disk)
                        .filter(chunk.after()::isOfSameSnapshot)
                        .orElse(chunk.after());
                return List.of(new SnapshotChunk(chunk.id(), after, chunk.rows(), chunk.last(), chunk.total()));
            }
            return List.of(message);
        }
    }

    /** A node's own entries go as others' do, whoever has them. */
    static final class OwnEntriesTruncated extends BatchSurgery {

        @Override
        void put(Table table, Bytes key, Bytes value) {
            changed().put(table, key, value);
            if (table == Table.LOG && at().isHomeOf(originOf(key)) && StoreKeys.sequenceOf(key) % 4 == 0) {
                Origin own = originOf(key);
                long sequence = StoreKeys.sequenceOf(key);
                changed()
                        .put(
                                Table.META,
                                KEYS.firstKept(own),
                                new ByteWriter(10).varint(sequence).toBytes());
                changed().deleteRange(Table.LOG, KEYS.entry(own, 0), KEYS.entry(own, sequence));
            }
        }
    }

    /** Where a log begins is not durable. */
    static final class BeginningNotNoted extends BatchSurgery {

        @Override
        void put(Table table, Bytes key, Bytes value) {
            if (table != Table.META || !key.startsWith(KEYS.firstKept())) {
                changed().put(table, key, value);
            }
        }
    }

    private static boolean isJoining(Table table, Bytes key) {
        return table == Table.META && key.equals(KEYS.joining());
    }

    private static Origin originOf(Bytes entryKey) {
        ByteReader in = new ByteReader(entryKey);
        in.u16();
        return new OriginCodec(new OriginPool()).readOrigin(in);
    }

    private static VersionVector vectorOf(StoreReader disk) {
        OriginCodec origins = new OriginCodec(new OriginPool());
        VersionVector.Builder vector = new VersionVector.Builder();
        try (Scan scan = disk.scan(Table.META, KEYS.vectors(), StoreKeys.successor(KEYS.vectors()))) {
            while (scan.advance()) {
                vector.raise(origins.readOrigin(StoreKeys.metaTail(scan.key())), new ByteReader(scan.value()).varint());
            }
        }
        return vector.build();
    }

    /** Changes what reaches the disk, operation by operation. */
    private abstract static class BatchSurgery implements Surgery {

        private WriteBatch changed = new WriteBatch();
        private NodeId at = new NodeId("", "");
        private StoreReader disk = new Disk();

        WriteBatch changed() {
            return changed;
        }

        /** The node whose disk it is. */
        NodeId at() {
            return at;
        }

        /** What is on it. */
        StoreReader disk() {
            return disk;
        }

        abstract void put(Table table, Bytes key, Bytes value);

        void deleteRange(Table table, Bytes from, Bytes to) {
            changed.deleteRange(table, from, to);
        }

        @Override
        public WriteBatch commit(NodeId node, WriteBatch batch, StoreReader before) {
            changed = new WriteBatch();
            at = node;
            disk = before;
            batch.forEach(new WriteBatch.Visitor() {
                @Override
                public void put(Table table, Bytes key, Bytes value) {
                    BatchSurgery.this.put(table, key, value);
                }

                @Override
                public void delete(Table table, Bytes key) {
                    changed.delete(table, key);
                }

                @Override
                public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
                    BatchSurgery.this.deleteRange(table, fromInclusive, toExclusive);
                }
            });
            return changed;
        }
    }
}
