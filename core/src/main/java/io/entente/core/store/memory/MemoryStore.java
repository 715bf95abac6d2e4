package io.entente.core.store.memory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.PerTable;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps everything in sorted maps and nothing beyond its close.
 *
 * <p>Deterministic: the same calls give the same answers, and nothing depends on time, threads or hashes. Scans and
 * snapshots are free to take; the first commit to a table that one of them pins copies that table's map (not its
 * bytes). Confined to one thread, its scans and snapshots included.
 */
public final class MemoryStore implements Store {

    private static final String NAME = "the in-memory store";

    private final PerTable<Generation> generations = new PerTable<>(table -> new Generation());

    private @Nullable CommitFault nextFault;
    private @Nullable StoreException fence;
    private boolean closed;

    /** An empty store. */
    public MemoryStore() {}

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return Optional.ofNullable(generation(table).content().get(key));
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return new MemoryScan(generation(table), fromInclusive, toExclusive, this::isClosed);
    }

    @Override
    public StoreSnapshot snapshot() {
        requireOpen();
        return new MemorySnapshot(generations, this::isClosed);
    }

    /** Exact, and not cheap: goes through the rows. */
    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        long bytes = 0;
        try (Scan scan = scan(table, fromInclusive, toExclusive)) {
            while (scan.advance()) {
                bytes += scan.key().length() + scan.value().length();
            }
        }
        return bytes;
    }

    @Override
    public void commit(WriteBatch batch) {
        requireOpen();
        if (fence != null) {
            throw new StoreFencedException(NAME, fence);
        }
        CommitFault fault = nextFault;
        if (fault != CommitFault.LOSES_THE_BATCH) {
            batch.forEach(new Application());
        }
        if (fault != null) {
            fence = new StoreException("the commit to " + NAME + " failed because it was told to", true);
            throw fence;
        }
    }

    /** Makes the next commit fail, which fences the store, and decides what becomes of its batch. */
    public void failNextCommit(CommitFault fault) {
        nextFault = fault;
    }

    /** Ends it; scans and snapshots answer with {@link IllegalStateException} from then on. */
    @Override
    public void close() {
        closed = true;
    }

    private boolean isClosed() {
        return closed;
    }

    private Generation generation(Table table) {
        requireOpen();
        return generations.get(table);
    }

    private Generation changeable(Table table) {
        Generation generation = generation(table).changeable();
        generations.set(table, generation);
        return generation;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(NAME + " is closed");
        }
    }

    /** Applies the operations of a batch one by one; being last, the later of two on a key wins. */
    private final class Application implements WriteBatch.Visitor {

        @Override
        public void put(Table table, Bytes key, Bytes value) {
            changeable(table).content().put(key, value);
        }

        @Override
        public void delete(Table table, Bytes key) {
            changeable(table).content().remove(key);
        }

        @Override
        public void deleteRange(Table table, Bytes fromInclusive, Bytes toExclusive) {
            changeable(table).content().subMap(fromInclusive, toExclusive).clear();
        }
    }
}
