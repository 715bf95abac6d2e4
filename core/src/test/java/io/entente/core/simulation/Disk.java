package io.entente.core.simulation;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.ReadableStore;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node's disk: the commits that are durable, in their order. It can lose the last ones of them, or all.
 *
 * <p>What is on its way to the disk is not here yet; see {@link SimulatedNode}.
 */
final class Disk implements ReadableStore {

    private final List<WriteBatch> commits = new ArrayList<>();
    private long logReads;
    private MemoryStore content = new MemoryStore();

    void commit(WriteBatch batch) {
        commits.add(batch);
        content.commit(batch);
    }

    /** Changes rows of itself; what is lost after that takes the change with it. */
    void rot(WriteBatch batch) {
        content.commit(batch);
    }

    int commits() {
        return commits.size();
    }

    /** Loses the commits after the first {@code kept}. */
    void loseAllBut(int kept) {
        commits.subList(kept, commits.size()).clear();
        content = new MemoryStore();
        commits.forEach(content::commit);
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return content.get(table, key);
    }

    @Override
    public StoreSnapshot snapshot() {
        return content.snapshot();
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return content.approximateBytes(table, fromInclusive, toExclusive);
    }

    /** How often a log was read. */
    long logReads() {
        return logReads;
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        logReads += table == Table.LOG ? 1 : 0;
        return content.scan(table, fromInclusive, toExclusive);
    }
}
