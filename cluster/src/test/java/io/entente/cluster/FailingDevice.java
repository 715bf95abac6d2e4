package io.entente.cluster;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.CommitFault;
import java.util.List;
import java.util.Optional;

/** A node's store, sound until a commit fails with an I/O error, which all later ones do too. */
final class FailingDevice implements Store {

    private static final int NEVER = Integer.MAX_VALUE;

    private final Store sound;
    private int soundCommits = NEVER;
    private CommitFault fault = CommitFault.LOSES_THE_BATCH;

    FailingDevice(Store sound) {
        this.sound = sound;
    }

    /** Has so many more commits succeed; the next one fails in that way. */
    synchronized void failAfter(int commits, CommitFault how) {
        soundCommits = commits;
        fault = how;
    }

    @Override
    public synchronized void commit(WriteBatch batch) {
        if (soundCommits > 0) {
            soundCommits -= soundCommits == NEVER ? 0 : 1;
            sound.commit(batch);
            return;
        }
        if (soundCommits == 0 && fault == CommitFault.KEEPS_THE_BATCH) {
            sound.commit(batch);
        }
        soundCommits = -1;
        throw new StoreException("While fdatasync: 000042.log: Input/output error", true);
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return sound.get(table, key);
    }

    @Override
    public List<Optional<Bytes>> getAll(Table table, List<Bytes> keys) {
        return sound.getAll(table, keys);
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return sound.scan(table, fromInclusive, toExclusive);
    }

    @Override
    public StoreSnapshot snapshot() {
        return sound.snapshot();
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return sound.approximateBytes(table, fromInclusive, toExclusive);
    }

    @Override
    public void close() {
        sound.close();
    }

    @Override
    public String toString() {
        return sound.toString();
    }
}
