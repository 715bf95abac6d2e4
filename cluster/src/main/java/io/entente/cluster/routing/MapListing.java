package io.entente.cluster.routing;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Router.ListRequest;
import io.entente.cluster.routing.Router.Listed;
import io.entente.cluster.routing.Router.Listing;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.record.Siblings;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Lists a map's records from the committed store, merging its partitions in key order. Reads one record a partition ahead,
 * whatever the map's size.
 */
final class MapListing {

    private final StoreReader store;
    private final Partitions partitions;
    private final SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));

    /** Lists what these partitions hold. */
    MapListing(StoreReader store, Partitions partitions) {
        this.store = store;
        this.partitions = partitions;
    }

    Listing list(ListRequest request) {
        List<Cursor> opened = new ArrayList<>();
        try {
            PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(cursor -> cursor.key));
            for (int partition : partitions.numbers()) {
                Cursor cursor = open(partition, request);
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

    private Cursor open(int partition, ListRequest request) {
        StoreKeys keys = new StoreKeys(partition);
        Bytes prefix = keys.inMap(request.map(), request.prefix());
        Bytes from = request.after()
                .map(after -> StoreKeys.behind(keys.inMap(request.map(), after)))
                .filter(after -> after.compareTo(prefix) > 0)
                .orElse(prefix);
        Scan scan = store.scan(Table.RECORD, from, StoreKeys.successor(prefix));
        return new Cursor(scan, keys.inMap(request.map(), "").length());
    }

    private Listing merge(PriorityQueue<Cursor> cursors, int limit) {
        List<Listed> records = new ArrayList<>();
        long bytes = 0;
        while (!cursors.isEmpty()) {
            Cursor first = cursors.remove();
            Bytes encoded = first.scan.value();
            Siblings siblings = codec.decode(encoded);
            if (!siblings.isAbsent()) {
                boolean full = records.size() == limit || bytes + encoded.length() > ListRequest.PAGE_BYTES;
                if (full && !records.isEmpty()) {
                    return new Listing(
                            records, Optional.of(records.get(records.size() - 1).key()));
                }
                bytes += encoded.length();
                records.add(new Listed(first.key.utf8(), siblings));
            }
            if (first.advance()) {
                cursors.add(first);
            }
        }
        return new Listing(records, Optional.empty());
    }

    private static final class Cursor {
        private final Scan scan;
        private final int keyAt;
        private Bytes key = Bytes.empty();

        private Cursor(Scan scan, int keyAt) {
            this.scan = scan;
            this.keyAt = keyAt;
        }

        private boolean advance() {
            boolean found = scan.advance();
            if (found) {
                Bytes whole = scan.key();
                key = whole.slice(keyAt, whole.length());
            }
            return found;
        }

        private void close() {
            scan.close();
        }
    }
}
