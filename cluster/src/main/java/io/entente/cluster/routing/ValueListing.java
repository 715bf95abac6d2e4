package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PartKeys;
import io.entente.core.codec.PartRowCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.Part;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.CommittedParts.PartsOfValue;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Lists a map's mergeable values from the committed store, merging its partitions in key order, each key once however many rows it
 * has. Reads one value a partition ahead; of one with more than {@value #MOST_VALUE_BYTES} bytes of rows it lists the key alone and
 * passes over the rest.
 */
final class ValueListing {

    static final int MOST_VALUE_BYTES = 1 << 20;

    private final StoreReader store;
    private final Partitions partitions;
    private final PartRowCodec codec = new PartRowCodec(new OriginCodec(new OriginPool()));

    /** Lists what these partitions hold. */
    ValueListing(StoreReader store, Partitions partitions) {
        this.store = store;
        this.partitions = partitions;
    }

    Listing list(ListRequest request) {
        List<Cursor> opened = new ArrayList<>();
        try {
            PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(cursor -> cursor.key));
            for (int partition : partitions.numbers()) {
                Cursor cursor = new Cursor(partition, request);
                opened.add(cursor);
                if (cursor.advance()) {
                    cursors.add(cursor);
                }
            }
            return merge(cursors, request.limit());
        } finally {
            opened.forEach(Cursor::close);
        }
    }

    private static Listing merge(PriorityQueue<Cursor> cursors, int limit) {
        List<Listed> values = new ArrayList<>();
        long bytes = 0;
        while (!cursors.isEmpty()) {
            Cursor first = cursors.remove();
            if (first.holdsSomething()) {
                boolean full = values.size() == limit || bytes + first.bytes > ListRequest.PAGE_BYTES;
                if (full && !values.isEmpty()) {
                    return new Listing(
                            values, Optional.of(values.get(values.size() - 1).key()));
                }
                bytes += first.bytes;
                values.add(new Listed(first.key.utf8(), first.parts));
            }
            if (first.advance()) {
                cursors.add(first);
            }
        }
        return new Listing(values, Optional.empty());
    }

    /** Walks over the values of one partition. */
    private final class Cursor {

        private final Bytes end;
        private final int mapLength;
        private Scan scan;
        private boolean atRow;
        private Bytes key = Bytes.empty();
        private Optional<List<Part>> parts = Optional.empty();
        private long bytes;

        private Cursor(int partition, ListRequest request) {
            PartKeys keys = new PartKeys(partition);
            Bytes prefix = keys.inMap(request.map(), request.prefix());
            Bytes from = request.after()
                    .map(after -> StoreKeys.successor(keys.rows(new RecordKey(request.map(), after))))
                    .filter(after -> after.compareTo(prefix) > 0)
                    .orElse(prefix);
            this.end = StoreKeys.successor(prefix);
            this.mapLength = keys.inMap(request.map(), "").length();
            this.scan = store.scan(Table.RECORD, from, end);
            this.atRow = scan.advance();
        }

        /** Reads the next value; whether there is one. */
        private boolean advance() {
            if (!atRow) {
                return false;
            }
            int rowsLength = PartKeys.rowsLength(scan.key(), mapLength);
            Bytes rows = scan.key().slice(0, rowsLength);
            key = PartKeys.keyOf(rows, mapLength);
            bytes = 0;
            PartsOfValue gathered = new PartsOfValue(rowsLength);
            while (atRow && scan.key().startsWith(rows)) {
                int more = scan.key().length() - rowsLength + scan.value().length();
                if (bytes + more > MOST_VALUE_BYTES) {
                    passOver(rows);
                    return true;
                }
                bytes += more;
                gathered.add(scan.key(), codec.decode(scan.value()));
                atRow = scan.advance();
            }
            parts = Optional.of(gathered.take());
            return true;
        }

        private void passOver(Bytes rows) {
            scan.close();
            scan = store.scan(Table.RECORD, StoreKeys.successor(rows), end);
            atRow = scan.advance();
            parts = Optional.empty();
            bytes = 0;
        }

        private boolean holdsSomething() {
            return parts.isEmpty()
                    || parts.get().stream()
                            .anyMatch(part ->
                                    part.sum().isPresent() || !part.versions().isAbsent());
        }

        private void close() {
            scan.close();
        }
    }
}
