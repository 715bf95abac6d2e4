package io.entente.core.store.directory;

import io.entente.core.store.StoreException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory's store and the disk under it: how much room there is, the ballast, the opening anew on a full disk, copies. Thread-safe.
 */
final class OpenStore {

    private final Layout layout;
    private final DirectoryOptions options;
    private final GuardedStore store;
    private final FileStore disk;
    private final Ballast ballast;
    private final Object backups = new Object();

    OpenStore(Layout layout, DirectoryOptions options, GuardedStore store) throws IOException {
        this.layout = layout;
        this.options = options;
        this.store = store;
        this.disk = Files.getFileStore(layout.directory());
        this.ballast = new Ballast(layout.ballast());
    }

    GuardedStore store() {
        return store;
    }

    long usableBytes() {
        try {
            return disk.getUsableSpace();
        } catch (IOException failed) {
            throw new StoreException(
                    "how much room is left for data directory " + layout.directory() + " can't be found out: " + failed,
                    failed,
                    false);
        }
    }

    synchronized void takeBallast(long bytes) {
        try {
            ballast.take(bytes);
        } catch (IOException full) {
            throw new StoreException(
                    bytes + " bytes could not be put aside in data directory " + layout.directory() + ": " + full,
                    full,
                    false);
        }
    }

    synchronized void reopen() {
        try {
            ballast.release();
        } catch (IOException failed) {
            throw new StoreException(
                    "the ballast in data directory " + layout.directory() + " can't be deleted: " + failed,
                    failed,
                    false);
        }
        store.reopen(() -> options.engine().openOnFullDisk(layout.store(), options.durability()));
    }

    /** One at a time: each writes what is only in memory to files. */
    Backup backup(Identity identity, Path target, String taken) {
        synchronized (backups) {
            return new BackupMaking(layout, target, taken).make(identity, store.counted(), options.engine());
        }
    }
}
