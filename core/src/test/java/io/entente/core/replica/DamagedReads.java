package io.entente.core.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreReader;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import java.util.Optional;

/**
 * A store that fails as one with damaged blocks does, or one of a process that has too many files open: where a row holds a certain value, neither it nor what follows
 * can be read.
 */
final class DamagedReads implements ReadableStore {

    /** A row with this value can't be read. */
    static final Bytes DAMAGE = Bytes.utf8("damage");

    /** Where this value is, files would have to be opened, and none can be just now. */
    static final Bytes SHORTAGE = Bytes.utf8("shortage");

    private final ReadableStore store;

    DamagedReads(ReadableStore store) {
        this.store = store;
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return get(store, table, key);
    }

    @Override
    public Scan scan(Table table, Bytes from, Bytes to) {
        return scan(store, table, from, to);
    }

    @Override
    public long approximateBytes(Table table, Bytes from, Bytes to) {
        return store.approximateBytes(table, from, to);
    }

    @Override
    public StoreSnapshot snapshot() {
        StoreSnapshot view = store.snapshot();
        return new StoreSnapshot() {
            @Override
            public void close() {
                view.close();
            }

            @Override
            public Optional<Bytes> get(Table table, Bytes key) {
                return DamagedReads.get(view, table, key);
            }

            @Override
            public Scan scan(Table table, Bytes from, Bytes to) {
                return DamagedReads.scan(view, table, from, to);
            }
        };
    }

    private static Optional<Bytes> get(StoreReader from, Table table, Bytes key) {
        Optional<Bytes> value = from.get(table, key);
        value.ifPresent(DamagedReads::check);
        return value;
    }

    private static void check(Bytes value) {
        if (value.equals(DAMAGE)) {
            throw new StoreDamagedException("a block fails its checksum", new IllegalStateException("checksum"), false);
        }
        if (value.equals(SHORTAGE)) {
            throw new StoreException("Too many open files", false);
        }
    }

    private static Scan scan(StoreReader of, Table table, Bytes from, Bytes to) {
        Scan scan = of.scan(table, from, to);
        return new Scan() {
            @Override
            public boolean advance() {
                boolean there = scan.advance();
                if (there) {
                    check(scan.value());
                }
                return there;
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
