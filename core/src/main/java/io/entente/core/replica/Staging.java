package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.SnapshotRow;
import io.entente.core.record.PartRow;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a snapshot's rows wait, durably, until all are there. A row that can't be read is not let in, for it could only be found out when
 * it is merged and nobody can be asked for it any more. A row that comes in parts waits in memory for its last one.
 */
final class Staging {

    private final StoreKeys keys;
    private final OriginCodec origins;
    private final SiblingsCodec siblings;
    private final PartRowCodec parts;
    private final StagedVector vector;
    private final Draft draft;

    /** What has come of the row that is under way. */
    private ByteWriter underWay = new ByteWriter();

    Staging(StoreKeys keys, OriginCodec origins, Draft draft) {
        this.keys = keys;
        this.origins = origins;
        this.siblings = new SiblingsCodec(origins);
        this.parts = new PartRowCodec(origins);
        this.vector = new StagedVector(keys, origins);
        this.draft = draft;
    }

    /** Goes on with what the store has staged. */
    void resume(StoreReader store) {
        vector.begin(SnapshotMerge.stagedVector(store, keys, origins));
    }

    /** The vector of the snapshot, as far as it has come. */
    VersionVector vector() {
        return vector.vector();
    }

    void clear() {
        vector.begin(VersionVector.empty());
        underWay = new ByteWriter();
        draft.batch().deleteRange(Table.STAGING, keys.first(), keys.last());
    }

    /** Drops what has come of a row that isn't whole yet. */
    void dropPart() {
        underWay = new ByteWriter();
    }

    /**
     * Takes the rows of a chunk that follows what is here; all or, where it throws, none, and what has come of a row in parts is dropped.
     *
     * @throws MalformedBytesException when a row can't be read
     * @throws io.entente.core.codec.UnsupportedFormatException when one is of a later version
     */
    void add(SnapshotChunk chunk) {
        List<SnapshotRow> whole = new ArrayList<>(chunk.rows().size());
        ByteWriter part = underWay;
        dropPart();
        for (SnapshotRow row : chunk.rows()) {
            if (part.position() == 0 && row.rest() == 0) {
                whole.add(row);
                continue;
            }
            part.raw(row.value());
            if (row.rest() == 0) {
                whole.add(new SnapshotRow(row.place(), part.take()));
                part = new ByteWriter();
            }
        }
        whole.forEach(this::requireReadable);
        whole.forEach(row -> draft.batch().put(Table.STAGING, keys.staged(row.place()), row.value()));
        whole.forEach(vector::add);
        underWay = part;
    }

    private void requireReadable(SnapshotRow row) {
        Bytes key = keys.keyOf(row.place());
        if (!StoreKeys.isOfRecord(row.place())) {
            requireMeta(key, row.value());
        } else if (PartKeys.isPart(key)) {
            PartKeys.valueOf(key);
            if (parts.decode(row.value()) instanceof PartRow.Contribution) {
                PartKeys.originOf(key, origins);
            }
        } else {
            StoreKeys.recordOf(key);
            siblings.decode(row.value());
        }
    }

    private void requireMeta(Bytes key, Bytes value) {
        ByteReader tail = StoreKeys.metaTail(key);
        origins.readOrigin(tail);
        if (key.startsWith(keys.dependencies())) {
            origins.readOrigin(tail);
        } else if (!key.startsWith(keys.vectors())) {
            throw new MalformedBytesException(
                    "a row of a snapshot that is neither of its vector nor of its dependencies");
        }
        tail.expectEnd();
        new ByteReader(value).varint();
    }
}
