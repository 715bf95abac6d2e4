package io.entente.core.store.rocksdb;

import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Keeps natives from being used after they are freed, which would end the process rather than throw.
 *
 * <p>Every use of a native is a <em>visit</em>; the close waits for all visits, frees the dependents that were left
 * open (iterators and snapshots) and lets nobody in afterwards. Thread-safe.
 */
final class OpenGuard {

    private final String name;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Set<Dependent> dependents = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StoreDamagedException damage;
    private boolean closed;

    OpenGuard(String name) {
        this.name = name;
    }

    /** Reads from RocksDB while nobody can close it. */
    <T> T read(Reading<T> reading) {
        Lock visit = visit();
        try {
            return reading.read();
        } catch (RocksDBException failed) {
            String message = name + " could not be read: " + failed.getMessage();
            throw Unreadable.isOf(failed)
                    ? damaged(new StoreDamagedException(message, failed, false))
                    : new StoreException(message, failed, false);
        } finally {
            visit.unlock();
        }
    }

    /** Remembers the first such failure. */
    StoreDamagedException damaged(StoreDamagedException failure) {
        if (damage == null) {
            damage = failure;
        }
        return failure;
    }

    /** What showed first that something can't be read. */
    Optional<StoreDamagedException> damage() {
        return Optional.ofNullable(damage);
    }

    /** Begins a visit; the caller ends it by unlocking what it gets. */
    Lock visit() {
        Lock visit = lock.readLock();
        visit.lock();
        if (closed) {
            visit.unlock();
            throw new IllegalStateException(name + " is closed");
        }
        return visit;
    }

    /** Takes note of natives that must be freed before the database; called within a visit. */
    <T extends Dependent> T register(T dependent) {
        dependents.add(dependent);
        return dependent;
    }

    /** Frees a dependent unless it has been freed already, by the close or before. */
    void release(Dependent dependent) {
        lock.readLock().lock();
        try {
            if (dependents.remove(dependent)) {
                dependent.free();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes once: waits for all visits, frees what was left open, then does the rest. */
    void close(Runnable rest) {
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            dependents.forEach(Dependent::free);
            dependents.clear();
            rest.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** A use of RocksDB that changes nothing. */
    interface Reading<T> {
        T read() throws RocksDBException;
    }

    /** Natives that must be freed before the database is closed. Equal only to itself. */
    interface Dependent {
        void free();
    }
}
