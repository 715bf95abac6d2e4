package io.entente.core.store.rocksdb;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.CountedStore;
import io.entente.core.store.Durability;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreDamagedException;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.StoreFullException;
import io.entente.core.store.StoreSnapshot;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * A store in a RocksDB database of its own.
 *
 * <p>Thread-safe: reads run side by side, commits one after the other, in the order of their {@link #head() heads}.
 * With {@link Durability#FSYNC} a commit costs one fsync however large its batch is: gather what waits.
 *
 * <p>RocksDB recovers less than was synced when its log is damaged, and says nothing. Who must know compares {@link
 * #head()} after the opening with what it was ({@code DataDirectory} does). Damage to the list of its files, which the head needn't show, refuses to open. A batch whose commit failed may be there
 * after the next opening, so the first failure fences the store; nothing is retried.
 *
 * <p>After the close, and for scans and snapshots that were open then, every call throws {@link IllegalStateException}.
 */
public final class RocksStore implements CountedStore {

    private final String name;
    private final RocksDatabase database;
    private final Durability durability;
    private final BatchWriter writer;
    private final OpenGuard guard;
    private final Object commits = new Object();
    private volatile long head;
    private volatile @Nullable StoreException fence;

    private RocksStore(Path directory, RocksDatabase database, Durability durability, BatchWriter writer)
            throws RocksDBException {
        this.name = "the store in " + directory;
        this.database = database;
        this.durability = durability;
        this.writer = writer;
        this.guard = new OpenGuard(name);
        this.head = database.recoveredHead();
    }

    /**
     * Opens the store in a directory, which is made when it doesn't exist; its parent must exist.
     *
     * @throws StoreException when it cannot be opened: another process has it, its log is damaged other than at the
     *     end, it has tables this version doesn't know, the disk is full. What is stored is left as it is
     */
    public static RocksStore open(Path directory, RocksStoreSettings settings) {
        return open(directory, settings, RocksDB::write);
    }

    /**
     * Opens the store as {@link #open} does, on a disk that is full: takes next to no room.
     *
     * @throws StoreException as {@link #open} does
     */
    public static RocksStore openOnFullDisk(Path directory, RocksStoreSettings settings) {
        return openOnFullDisk(directory, settings, RocksDB::write);
    }

    static RocksStore openOnFullDisk(Path directory, RocksStoreSettings settings, BatchWriter writer) {
        try {
            WriteAheadLogs.bringToDevice(directory);
        } catch (IOException failed) {
            throw new StoreException(
                    "the log of the store in " + directory + " could not be brought to the device: "
                            + failed.getMessage(),
                    failed,
                    false);
        }
        return open(directory, settings, RocksDatabase.Room.SCARCE, writer);
    }

    static RocksStore open(Path directory, RocksStoreSettings settings, BatchWriter writer) {
        return open(directory, settings, RocksDatabase.Room.PLENTY, writer);
    }

    private static RocksStore open(
            Path directory, RocksStoreSettings settings, RocksDatabase.Room room, BatchWriter writer) {
        requireWholeManifest(directory);
        try {
            RocksDatabase database = RocksDatabase.open(directory, settings, room);
            try {
                return new RocksStore(directory, database, settings.durability(), writer);
            } catch (RocksDBException | RuntimeException failed) {
                database.close();
                throw failed;
            }
        } catch (RocksDBException | RuntimeException failed) {
            String message = "the store in " + directory + " could not be opened: " + failed.getMessage();
            throw NoSpace.isCauseOf(failed)
                    ? new StoreFullException(message, failed)
                    : new StoreException(message, failed, false);
        }
    }

    private static void requireWholeManifest(Path directory) {
        Optional<String> damage;
        try {
            damage = ManifestFile.damageIn(directory);
        } catch (IOException | InvalidPathException failed) {
            throw new StoreException(
                    "the store in " + directory + " could not be opened: its manifest can't be read: " + failed,
                    failed,
                    false);
        }
        damage.ifPresent(what -> {
            throw new StoreException("the store in " + directory + " could not be opened: " + what, false);
        });
    }

    /**
     * The {@link #head()} of a store that nobody has open; nothing in its files is changed.
     *
     * @throws StoreException when there is none that can be opened
     */
    public static long headIn(Path directory) {
        requireWholeManifest(directory);
        try {
            return RocksDatabase.headIn(directory);
        } catch (RocksDBException | RuntimeException failed) {
            throw new StoreException(
                    "the store in " + directory + " could not be opened: " + failed.getMessage(), failed, false);
        }
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public boolean isFenced() {
        return fence != null;
    }

    @Override
    public Optional<StoreDamagedException> damage() {
        return guard.damage();
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return guard.read(() -> database.get(database.reads(), table, key));
    }

    @Override
    public List<Optional<Bytes>> getAll(Table table, List<Bytes> keys) {
        return guard.read(() -> database.getAll(database.reads(), table, keys));
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return guard.read(() -> guard.register(new RocksScan(
                guard, database.db(), database.family(table), database.reads(), fromInclusive, toExclusive)));
    }

    @Override
    public StoreSnapshot snapshot() {
        return guard.read(() -> guard.register(new RocksSnapshot(guard, database)));
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return guard.read(() -> database.approximateBytes(table, fromInclusive, toExclusive));
    }

    @Override
    public void commit(WriteBatch batch) {
        Lock visit = guard.visit();
        try {
            synchronized (commits) {
                requireUnfenced();
                if (!batch.isEmpty()) {
                    write(batch, head + 1);
                }
            }
        } finally {
            visit.unlock();
        }
    }

    /** {@inheritDoc} On the same file system files are shared with the copy, which costs next to nothing. */
    @Override
    public void checkpoint(Path target) {
        Lock visit = guard.visit();
        try {
            database.checkpoint(target);
        } catch (RocksDBException failed) {
            throw new StoreException(
                    name + " could not be copied to " + target + ": " + failed.getMessage(), failed, false);
        } finally {
            visit.unlock();
        }
    }

    /**
     * Brings everything committed to the device, whatever the durability, and frees everything.
     *
     * @throws StoreException when the former fails; everything is freed all the same. Not when the store is fenced:
     *     then nothing more is written
     */
    @Override
    public void close() {
        guard.close(() -> {
            try (database) {
                persist();
            }
        });
    }

    @Override
    public void abandon() {
        guard.close(database::close);
    }

    @Override
    public String toString() {
        return name;
    }

    private void write(WriteBatch batch, long newHead) {
        boolean assembled = false;
        boolean written = false;
        try (AtomicWrite write = AtomicWrite.of(batch, newHead, database)) {
            assembled = true;
            writer.write(database.db(), database.writes(), write.operations());
            head = newHead;
            written = true;
        } catch (RocksDBException failed) {
            throw fence(explained("a commit to " + name + " failed: " + failed.getMessage(), failed));
        } finally {
            if (!written && fence == null) {
                fence(new StoreException("a commit to " + name + " was broken off", assembled));
            }
        }
    }

    /** RocksDB takes no writes any more when it came upon a damaged file as it merged its files. */
    private StoreException explained(String message, RocksDBException failed) {
        if (NoSpace.isCauseOf(failed)) {
            return new StoreFullException(message, failed);
        }
        Status status = failed.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption
                ? guard.damaged(new StoreDamagedException(message, failed, true))
                : new StoreException(message, failed, true);
    }

    private StoreException fence(StoreException first) {
        fence = first;
        return first;
    }

    private void requireUnfenced() {
        StoreException first = fence;
        if (first != null) {
            throw new StoreFencedException(name, first);
        }
    }

    private void persist() {
        if (fence != null) {
            return;
        }
        try {
            database.persist(durability);
        } catch (RocksDBException failed) {
            throw new StoreException(
                    name + " was closed, but its last commits may not survive a power loss: " + failed.getMessage(),
                    failed,
                    true);
        }
    }
}
