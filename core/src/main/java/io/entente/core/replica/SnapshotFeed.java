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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot on its way to one receiver: the view, how far it was sent, and how much credit is left. A value that is longer than a
 * chunk is cut, and is all of the snapshot that is kept in memory, until its end is sent.
 */
final class SnapshotFeed {

    private final StoreSnapshot view;
    private final StoreKeys keys;
    private final SnapshotSize size;
    private SubscriptionId id;
    private SnapshotPosition position;

    /** The value of the row of which a part was sent. */
    private @Nullable Bytes underWay;

    private long limitBytes;
    private long sentBytes;
    private boolean done;
    private long usedNanos;

    SnapshotFeed(StoreSnapshot view, StoreKeys keys, SnapshotSize size, SnapshotPosition begin, WantSnapshot request) {
        this.view = view;
        this.keys = keys;
        this.size = size;
        this.position = begin;
        this.id = request.id();
        this.limitBytes = request.creditBytes();
    }

    SubscriptionId id() {
        return id;
    }

    /** How many bytes of the snapshot were sent, each counted once. */
    long reachedBytes() {
        return position.bytes();
    }

    /** When the receiver was last heard of it. */
    long usedNanos() {
        return usedNanos;
    }

    void used(long nowNanos) {
        usedNanos = nowNanos;
    }

    /** Goes on where the request says, if it asks for more of this snapshot, and there is such a place in it; says whether. */
    boolean resume(WantSnapshot request) {
        Optional<SnapshotPosition> from = request.resume().filter(position::isOfSameSnapshot);
        if (from.isEmpty()) {
            return false;
        }
        Bytes value = null;
        if (!from.get().isBetweenRows()) {
            Bytes row = from.get().row();
            value = view.get(tableOf(row), keys.keyOf(row)).orElse(Bytes.empty());
            if (value.length() <= from.get().taken()) {
                return false;
            }
        }
        id = request.id();
        position = from.get();
        underWay = value;
        limitBytes = request.creditBytes();
        sentBytes = 0;
        done = false;
        return true;
    }

    void credit(long limit) {
        limitBytes = Math.max(limitBytes, limit);
    }

    boolean hasMore() {
        return !done && sentBytes < limitBytes;
    }

    /** The next rows, about so many bytes. */
    SnapshotChunk next(int chunkBytes) {
        Filling filling = new Filling(chunkBytes);
        filling.fill();
        done = !filling.isFull();
        long total = size.about(position.row(), position.bytes());
        SnapshotChunk chunk = new SnapshotChunk(id, position, filling.rows, done, total);
        sentBytes += filling.bytes;
        position = chunk.end();
        return chunk;
    }

    void close() {
        view.close();
    }

    private static Table tableOf(Bytes place) {
        return StoreKeys.isOfRecord(place) ? Table.RECORD : Table.META;
    }

    /** A chunk being filled. */
    private final class Filling {

        private final int most;
        private final List<SnapshotRow> rows = new ArrayList<>();
        private long bytes;

        Filling(int most) {
            this.most = most;
        }

        void fill() {
            if (underWay != null) {
                addPart(position.row(), underWay, (int) position.taken());
            }
            if (!StoreKeys.isOfRecord(position.row())) {
                // In the order of their keys, as all rows.
                addMeta(keys.dependencies());
                addMeta(keys.vectors());
            }
            add(Table.RECORD, from(Table.RECORD, keys.first()), keys.last());
        }

        boolean isFull() {
            return bytes >= most;
        }

        private void addMeta(Bytes kind) {
            add(Table.META, from(Table.META, kind), StoreKeys.successor(kind));
        }

        /** Where to go on in a range: behind the row sent last, if that lies in it. */
        private Bytes from(Table table, Bytes begin) {
            if (position.row().isEmpty() || tableOf(position.row()) != table) {
                return begin;
            }
            Bytes behind = StoreKeys.behind(keys.keyOf(position.row()));
            return behind.compareTo(begin) > 0 ? behind : begin;
        }

        private void add(Table table, Bytes from, Bytes to) {
            if (isFull()) {
                return;
            }
            try (Scan scan = view.scan(table, from, to)) {
                while (!isFull() && scan.advance()) {
                    addPart(
                            table == Table.META
                                    ? StoreKeys.placeOfMeta(scan.key())
                                    : StoreKeys.placeOfRecord(scan.key()),
                            scan.value(),
                            0);
                }
            }
        }

        /** What fits of a value from there on; a value that fits into a chunk is never cut. */
        private void addPart(Bytes place, Bytes value, int from) {
            int to = Math.min(value.length(), from + most);
            boolean whole = from == 0 && to == value.length();
            SnapshotRow row = new SnapshotRow(place, whole ? value : value.slice(from, to), value.length() - to);
            rows.add(row);
            bytes += row.bytes();
            underWay = row.rest() == 0 ? null : value;
        }
    }
}
