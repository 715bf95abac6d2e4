package io.entente.core.store.directory;

import io.entente.core.store.Durability;
import io.entente.core.store.StoreEngine;
import io.entente.core.store.rocksdb.RocksEngine;
import java.util.Objects;

/**
 * How a data directory is opened.
 *
 * @param engine opens its store
 * @param durability what the store's commits survive
 * @param restored whether the operator says that the directory's content comes from a backup, which nothing in it can
 *     tell: it then counts as one that may have lost data
 */
public record DirectoryOptions(StoreEngine engine, Durability durability, boolean restored) {

    public DirectoryOptions {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(durability, "durability");
    }

    /** RocksDB, not restored. */
    public static DirectoryOptions of(Durability durability) {
        return new DirectoryOptions(RocksEngine.INSTANCE, durability, false);
    }

    /** The same with a store of another engine. */
    public DirectoryOptions with(StoreEngine other) {
        return new DirectoryOptions(other, durability, restored);
    }

    /** The same for a directory that comes from a backup. */
    public DirectoryOptions fromBackup() {
        return new DirectoryOptions(engine, durability, true);
    }
}
