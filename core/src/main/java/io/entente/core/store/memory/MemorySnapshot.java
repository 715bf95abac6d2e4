package io.entente.core.store.memory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.PerTable;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The generations of all tables at one moment, pinned. */
final class MemorySnapshot implements StoreSnapshot {

    private final PerTable<Generation> generations;
    private final BooleanSupplier storeIsClosed;
    private boolean closed;

    MemorySnapshot(PerTable<Generation> generations, BooleanSupplier storeIsClosed) {
        this.generations = new PerTable<>(generations::get);
        this.storeIsClosed = storeIsClosed;
        this.generations.all().forEach(Generation::pin);
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return Optional.ofNullable(generation(table).content().get(key));
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return new MemoryScan(generation(table), fromInclusive, toExclusive, storeIsClosed);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            generations.all().forEach(Generation::unpin);
        }
    }

    private Generation generation(Table table) {
        if (closed || storeIsClosed.getAsBoolean()) {
            throw new IllegalStateException("the snapshot is closed");
        }
        return generations.get(table);
    }
}
