package io.entente.core.simulation;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.Optional;

/** Reads from a disk how far a snapshot is merged; shares the keys with the replica, and nothing else. */
final class Joined {

    private static final int MERGING = 2;
    private static final StoreKeys KEYS = new StoreKeys(0);

    private Joined() {}

    static boolean isMerging(StoreReader disk) {
        return state(disk).filter(Joined::isMerging).isPresent();
    }

    /** Whether that is what stands there while a snapshot is merged. */
    static boolean isMerging(Bytes state) {
        return state.at(0) == MERGING;
    }

    /** Up to where a snapshot has been fetched. */
    static Optional<SnapshotPosition> fetchedUpTo(StoreReader disk) {
        return state(disk).filter(state -> state.at(0) != MERGING).map(state -> {
            ByteReader in = new ByteReader(state);
            in.u8();
            in.string();
            in.string();
            return new SnapshotPosition(in.i64(), in.i64(), in.bytes(), 0, in.varint());
        });
    }

    /** The snapshot's vector. */
    static VersionVector vector(StoreReader disk) {
        OriginCodec origins = new OriginCodec(new OriginPool());
        VersionVector.Builder vector = new VersionVector.Builder();
        Bytes begin = KEYS.staged(StoreKeys.placeOfMeta(KEYS.vectors()));
        try (Scan scan = disk.scan(Table.STAGING, begin, StoreKeys.successor(begin))) {
            while (scan.advance()) {
                Bytes key = KEYS.keyOf(StoreKeys.placeOfStaged(scan.key()));
                vector.raise(origins.readOrigin(StoreKeys.metaTail(key)), new ByteReader(scan.value()).varint());
            }
        }
        return vector.build();
    }

    /** Whether the record under that key is merged already: its turn is over, or it was looked at before. */
    static boolean isMerged(StoreReader disk, Bytes recordKey) {
        ByteReader in = new ByteReader(state(disk).orElseThrow());
        in.u8();
        Bytes upTo = in.bytes();
        Optional<Bytes> staged = disk.get(Table.STAGING, KEYS.staged(StoreKeys.placeOfRecord(recordKey)));
        return recordKey.compareTo(upTo) <= 0 || staged.filter(Bytes::isEmpty).isPresent();
    }

    private static Optional<Bytes> state(StoreReader disk) {
        return disk.get(Table.META, KEYS.joining());
    }
}
