package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import java.util.Optional;

/** Counts the rows of one table that are walked over. */
final class CountedReads implements StoreReader {

    private final StoreReader store;
    private final Table counted;
    private int rows;

    CountedReads(StoreReader store, Table counted) {
        this.store = store;
        this.counted = counted;
    }

    /** How many. */
    int rows() {
        return rows;
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return store.get(table, key);
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        Scan scan = store.scan(table, fromInclusive, toExclusive);
        return new Scan() {
            @Override
            public boolean advance() {
                rows += table == counted ? 1 : 0;
                return scan.advance();
            }

            @Override
            public Bytes key() {
                return scan.key();
            }

            @Override
            public Bytes value() {
                return scan.value();
            }

            @Override
            public void close() {
                scan.close();
            }
        };
    }
}
