package io.entente.cluster.replica;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Scan;
import io.entente.core.store.Store;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store in memory whose commits can be held up and made to fail. */
public final class GatedStore implements Store {

    private static final int OPEN = 1_000_000;

    private final MemoryStore memory = new MemoryStore();
    private final Semaphore gate = new Semaphore(OPEN);
    private final Semaphore arrived = new Semaphore(0);
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicReference<@Nullable Error> next = new AtomicReference<>();

    /** The store behind the gate. */
    public MemoryStore memory() {
        return memory;
    }

    /** From now on commits wait. */
    public void hold() {
        gate.drainPermits();
        arrived.drainPermits();
    }

    /** Lets commits through. */
    public void release() {
        gate.release(OPEN);
    }

    /** Waits until a commit is under way. */
    public void awaitCommit() {
        arrived.acquireUninterruptibly();
    }

    /** Makes the next commit end with that error. */
    public void throwOnce(Error error) {
        next.set(error);
    }

    /** How many commits there were. */
    public int commits() {
        return commits.get();
    }

    @Override
    public void commit(WriteBatch batch) {
        commits.incrementAndGet();
        arrived.release();
        gate.acquireUninterruptibly();
        Error error = next.getAndSet(null);
        if (error != null) {
            throw error;
        }
        synchronized (memory) {
            memory.commit(batch);
        }
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        synchronized (memory) {
            return memory.get(table, key);
        }
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        synchronized (memory) {
            return memory.scan(table, fromInclusive, toExclusive);
        }
    }

    @Override
    public StoreSnapshot snapshot() {
        return memory.snapshot();
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return memory.approximateBytes(table, fromInclusive, toExclusive);
    }

    @Override
    public void close() {
        memory.close();
    }
}
