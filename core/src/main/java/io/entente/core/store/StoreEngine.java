package io.entente.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A kind of store that a node can keep its data in: what opens one. RocksDB's is built in; an application may bring its own, such as one over a database that it runs
 * anyway.
 *
 * <p>What the engine keeps on this machine lies in the directory that it is given, in files there and none in directories below, and none whose name begins with {@code
 * LOG}: a backup consists of these. One that keeps its data elsewhere has to see to backups itself.
 *
 * <p>Thread-safe.
 */
public interface StoreEngine {

    /**
     * Its name, 1 to 32 of {@code a-z 0-9 -}. A data directory is opened only by the engine that it was made by, which it knows by this; change it when
     * the new engine can't read what the old one wrote.
     */
    String name();

    /**
     * Opens the store in a directory, or makes one. The directory is made when it doesn't exist; its parent does. Nobody else has it open: the data directory sees to that.
     *
     * <p>What was committed and is damaged now, other than by a torn end of the last write, is refused; it is never left out in silence.
     *
     * @param durability what a commit that has returned survives, at least
     * @throws StoreFullException when there is no room for it
     * @throws StoreException when it can't be opened otherwise; what is stored is left as it is
     */
    CountedStore open(Path directory, Durability durability);

    /**
     * Opens the store as {@link #open} does, on a disk that is full: takes next to no room. By default the same as that.
     *
     * @throws StoreException as {@link #open} does
     */
    default CountedStore openOnFullDisk(Path directory, Durability durability) {
        return open(directory, durability);
    }

    /**
     * Whether there is a store in a directory, be it damaged: {@link #open} then makes none. Changes nothing. By default whether there is any file.
     *
     * @throws StoreException when that can't be found out
     */
    default boolean isIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isPresent();
        } catch (IOException failed) {
            throw new StoreException("directory " + directory + " can't be read: " + failed, failed, false);
        }
    }

    /**
     * The {@link CountedStore#head()} of a store that nobody has open. By default opens and abandons it.
     *
     * @throws StoreException when there is none that can be opened
     */
    default long headIn(Path directory) {
        CountedStore store = open(directory, Durability.OS);
        try {
            return store.head();
        } finally {
            store.abandon();
        }
    }
}
