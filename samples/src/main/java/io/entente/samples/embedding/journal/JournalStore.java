package io.entente.samples.embedding.journal;

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
import java.io.SyncFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store of an application's own: everything is in memory, and each batch is appended to a file, from which memory is filled again. The file is written anew at an opening, when most of it is
 * outdated. Thread-safe.
 */
final class JournalStore implements CountedStore {

    private static final long LEAST_TO_REWRITE = 1 << 20;
    private static final Bytes FIRST = Bytes.empty();

    /** After any key: none of Entente's begins with sixteen of these. */
    private static final Bytes LAST =
            Bytes.of(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});

    private final Path directory;
    private final boolean synced;
    private final SharedContent content = new SharedContent();
    private final Object commits = new Object();
    private final JournalFile file;
    private volatile long head;
    private volatile @Nullable StoreException fence;
    private boolean closed;

    private JournalStore(Path directory, Durability durability) throws IOException {
        this.directory = directory;
        this.synced = durability == Durability.FSYNC;
        this.file = openJournal();
    }

    static JournalStore open(Path directory, Durability durability) {
        try {
            Files.createDirectories(directory);
            return new JournalStore(directory, durability);
        } catch (IOException failed) {
            throw explained("the journal in " + directory + " could not be opened: " + failed, failed, false);
        }
    }

    /** Fills memory from the file; writes the file anew where it has become several times what it says. */
    private JournalFile openJournal() throws IOException {
        Path journal = directory.resolve("journal");
        JournalFile opened = JournalFile.open(journal, this::replay);
        JournalRecord base = base();
        if (opened.size() < LEAST_TO_REWRITE || opened.size() < 4 * base.batch().bytes()) {
            return opened;
        }
        opened.close();
        JournalFile.write(journal, base);
        return JournalFile.open(journal, sameAgain -> {});
    }

    private void replay(JournalRecord record) {
        if (!record.base() && record.head() != head + 1) {
            throw new StoreException(
                    "the journal in " + directory + " goes on with commit " + record.head() + " after " + head, false);
        }
        content.commit(record.batch());
        head = record.head();
    }

    /** The whole content as it is at this moment. */
    private JournalRecord base() {
        WriteBatch all = new WriteBatch();
        for (Table table : Table.values()) {
            try (Scan scan = content.scan(table, FIRST, LAST)) {
                while (scan.advance()) {
                    all.put(table, scan.key(), scan.value());
                }
            }
        }
        return new JournalRecord(head, true, all);
    }

    @Override
    public void commit(WriteBatch batch) {
        synchronized (commits) {
            requireOpen();
            StoreException first = fence;
            if (first != null) {
                throw new StoreFencedException(toString(), first);
            }
            if (batch.isEmpty()) {
                return;
            }
            try {
                file.append(new JournalRecord(head + 1, false, batch), synced);
            } catch (IOException failed) {
                StoreException failure = explained("a commit to " + this + " failed: " + failed, failed, true);
                fence = failure;
                throw failure;
            }
            content.commit(batch);
            head++;
        }
    }

    /** A sync that fails for want of room is no full disk: the record is written, and nobody knows whether it stays. */
    static StoreException explained(String message, IOException failed, boolean mayExist) {
        boolean full = !(failed instanceof SyncFailedException)
                && String.valueOf(failed.getMessage()).contains("No space left");
        return full ? new StoreFullException(message, failed) : new StoreException(message, failed, mayExist);
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public boolean isFenced() {
        return fence != null;
    }

    /** A file that is damaged is not opened; what is in memory is not read from it again. */
    @Override
    public Optional<StoreDamagedException> damage() {
        return Optional.empty();
    }

    @Override
    public void checkpoint(Path target) {
        synchronized (commits) {
            requireOpen();
            try {
                Files.createDirectory(target);
                JournalFile.write(target.resolve("journal"), base());
            } catch (IOException failed) {
                throw explained(this + " could not be copied to " + target + ": " + failed, failed, false);
            }
        }
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
        return content.get(table, key);
    }

    @Override
    public Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return content.scan(table, fromInclusive, toExclusive);
    }

    @Override
    public StoreSnapshot snapshot() {
        return content.snapshot();
    }

    @Override
    public long approximateBytes(Table table, Bytes fromInclusive, Bytes toExclusive) {
        return content.approximateBytes(table, fromInclusive, toExclusive);
    }

    @Override
    public void close() {
        close(fence == null);
    }

    @Override
    public void abandon() {
        close(false);
    }

    private void close(boolean flush) {
        synchronized (commits) {
            if (closed) {
                return;
            }
            closed = true;
            content.close();
            try (JournalFile last = file) {
                if (flush) {
                    last.force();
                }
            } catch (IOException failed) {
                throw new StoreException(
                        this + " was closed, but its last commits may not survive a power loss: " + failed,
                        failed,
                        true);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    @Override
    public String toString() {
        return "the journal in " + directory;
    }
}
