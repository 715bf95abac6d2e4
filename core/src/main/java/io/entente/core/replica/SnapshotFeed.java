package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.PeerMessage.WantSnapshot;
import io.entente.core.message.SnapshotPosition;
import io.entente.core.message.SnapshotRow;
import io.entente.core.message.SubscriptionId;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.List;

/** One snapshot on its way to one receiver: the view, how far it was sent, and how much credit is left. */
final class SnapshotFeed {

    private final StoreSnapshot view;
    private final StoreKeys keys;
    private final long totalBytes;
    private SubscriptionId id;
    private SnapshotPosition position;
    private long limitBytes;
    private long sentBytes;
    private boolean done;
    private long usedNanos;

    SnapshotFeed(StoreSnapshot view, StoreKeys keys, SnapshotPosition begin, WantSnapshot request, long totalBytes) {
        this.view = view;
        this.keys = keys;
        this.position = begin;
        this.id = request.id();
        this.limitBytes = request.creditBytes();
        this.totalBytes = totalBytes;
    }

    SubscriptionId id() {
        return id;
    }

    /** When the receiver was last heard of it. */
    long usedNanos() {
        return usedNanos;
    }

    void used(long nowNanos) {
        usedNanos = nowNanos;
    }

    /** Whether the request is for more of this snapshot. */
    boolean canResume(WantSnapshot request) {
        return request.resume().filter(position::isOfSameSnapshot).isPresent();
    }

    void resume(WantSnapshot request) {
        id = request.id();
        position = request.resume().orElseThrow();
        limitBytes = request.creditBytes();
        sentBytes = 0;
        done = false;
    }

    void credit(long limit) {
        limitBytes = Math.max(limitBytes, limit);
    }

    boolean hasMore() {
        return !done && sentBytes < limitBytes;
    }

    /** The next rows, about so many bytes. */
    SnapshotChunk next(long chunkBytes) {
        List<SnapshotRow> rows = new ArrayList<>();
        long bytes = 0;
        if (!StoreKeys.isOfRecord(position.row())) {
            // In the order of their keys, as all rows.
            bytes = addMeta(keys.dependencies(), rows, bytes, chunkBytes);
            bytes = addMeta(keys.vectors(), rows, bytes, chunkBytes);
        }
        bytes = add(Table.RECORD, from(Table.RECORD, keys.first()), keys.last(), rows, bytes, chunkBytes);
        done = bytes < chunkBytes;
        SnapshotChunk chunk = new SnapshotChunk(id, position, rows, done, totalBytes);
        sentBytes += bytes;
        if (!rows.isEmpty()) {
            position = position.at(rows.get(rows.size() - 1).place());
        }
        return chunk;
    }

    private long addMeta(Bytes kind, List<SnapshotRow> rows, long before, long most) {
        return add(Table.META, from(Table.META, kind), StoreKeys.successor(kind), rows, before, most);
    }

    /** Where to go on in a range: behind the row sent last, if that lies in it. */
    private Bytes from(Table table, Bytes begin) {
        boolean ofTable = !position.row().isEmpty() && StoreKeys.isOfRecord(position.row()) == (table == Table.RECORD);
        if (!ofTable) {
            return begin;
        }
        Bytes behind = StoreKeys.behind(keys.keyOf(position.row()));
        return behind.compareTo(begin) > 0 ? behind : begin;
    }

    private long add(Table table, Bytes from, Bytes to, List<SnapshotRow> rows, long before, long most) {
        long bytes = before;
        if (bytes >= most) {
            return bytes;
        }
        try (Scan scan = view.scan(table, from, to)) {
            while (bytes < most && scan.advance()) {
                Bytes place =
                        table == Table.META ? StoreKeys.placeOfMeta(scan.key()) : StoreKeys.placeOfRecord(scan.key());
                SnapshotRow row = new SnapshotRow(place, scan.value());
                rows.add(row);
                bytes += row.bytes();
            }
        }
        return bytes;
    }

    void close() {
        view.close();
    }
}
