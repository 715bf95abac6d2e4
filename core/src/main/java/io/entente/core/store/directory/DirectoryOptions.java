package io.entente.core.store.directory;

import io.entente.core.store.Durability;
import io.entente.core.store.rocksdb.RocksStoreSettings;

/**
 * How a data directory is opened.
 *
 * @param store the durability and the sizes of the store
 * @param restored whether the operator says that the directory's content comes from a backup, which nothing in it can
 *     tell: it then counts as one that may have lost data
 */
public record DirectoryOptions(RocksStoreSettings store, boolean restored) {

    /** Not restored, with modest sizes. */
    public static DirectoryOptions of(Durability durability) {
        return new DirectoryOptions(RocksStoreSettings.of(durability), false);
    }

    /** The same for a directory that comes from a backup. */
    public DirectoryOptions fromBackup() {
        return new DirectoryOptions(store, true);
    }
}
