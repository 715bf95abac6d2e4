package io.entente.core.store.rocksdb;

import io.entente.core.store.CountedStore;
import io.entente.core.store.Durability;
import io.entente.core.store.StoreEngine;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine that nodes have unless they are given another one: RocksDB, with the sizes of {@link RocksStoreSettings#of}. */
public final class RocksEngine implements StoreEngine {

    /** The only one. */
    public static final RocksEngine INSTANCE = new RocksEngine();

    private RocksEngine() {}

    /** Data directories that don't say which engine made them are this one's. */
    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public CountedStore open(Path directory, Durability durability) {
        return RocksStore.open(directory, RocksStoreSettings.of(durability));
    }

    @Override
    public CountedStore openOnFullDisk(Path directory, Durability durability) {
        return RocksStore.openOnFullDisk(directory, RocksStoreSettings.of(durability));
    }

    /** {@inheritDoc} RocksDB makes a store where the file is missing that says which files one has. */
    @Override
    public boolean isIn(Path directory) {
        return Files.exists(directory.resolve("CURRENT"));
    }

    @Override
    public long headIn(Path directory) {
        return RocksStore.headIn(directory);
    }
}
