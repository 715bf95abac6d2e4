package io.entente.core.replica;

import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.NodeId;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;

/** How far this replica is with a snapshot: what stands in the store, so that a new start goes on from there. */
sealed interface Joining {

    /** Nothing is fetched or merged. */
    record Nothing() implements Joining {}

    /**
     * A part of a snapshot is staged.
     *
     * @param source where it comes from
     * @param position up to where, rows being whole
     */
    record Fetching(NodeId source, SnapshotPosition position) implements Joining {}

    /**
     * The whole snapshot is staged, and is merged into the records, in their order.
     *
     * @param upTo the key of the last record merged in its turn; empty for none
     * @param mergedBytes how many bytes of rows that were
     * @param totalBytes how many the snapshot has
     */
    record Merging(Bytes upTo, long mergedBytes, long totalBytes) implements Joining {}

    /** What the store says. */
    static Joining recover(StoreReader store, StoreKeys keys) {
        return store.get(Table.META, keys.joining()).map(Joining::decode).orElse(new Nothing());
    }

    /** Has the store say so. */
    default void write(StoreKeys keys, WriteBatch batch) {
        if (this instanceof Nothing) {
            batch.delete(Table.META, keys.joining());
        } else {
            batch.put(Table.META, keys.joining(), encode());
        }
    }

    private Bytes encode() {
        ByteWriter out = new ByteWriter();
        if (this instanceof Fetching fetching) {
            SnapshotPosition position = fetching.position();
            out.u8(1)
                    .string(fetching.source().dataCenter())
                    .string(fetching.source().node());
            out.i64(position.session()).i64(position.number()).bytes(position.row());
            out.varint(position.bytes());
        } else if (this instanceof Merging merging) {
            out.u8(2).bytes(merging.upTo()).varint(merging.mergedBytes()).varint(merging.totalBytes());
        }
        return out.toBytes();
    }

    private static Joining decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        int state = in.u8();
        if (state == 2) {
            return new Merging(in.bytes(), in.varint(), in.varint());
        }
        if (state != 1) {
            throw new UnsupportedFormatException("the form of a snapshot's progress", state, "forms 1 and 2");
        }
        NodeId source = new NodeId(in.string(), in.string());
        return new Fetching(source, new SnapshotPosition(in.i64(), in.i64(), in.bytes(), 0, in.varint()));
    }
}
