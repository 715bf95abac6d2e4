package io.entente.core.store.directory;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.StoreEngine;
import io.entente.core.store.rocksdb.RocksEngine;
import java.io.IOException;
import java.nio.file.Files;

/** Which engine made a directory's store: a file with its name, and none for RocksDB, so that directories of before there were others stay what they are. */
final class EngineMark {

    private static final String NAME = "[a-z0-9-]{1,32}";

    private final Layout layout;

    EngineMark(Layout layout) {
        this.layout = layout;
    }

    /** Has the directory be that engine's; durable on return. */
    void write(StoreEngine engine) throws IOException {
        String name = requireName(engine);
        if (!name.equals(RocksEngine.INSTANCE.name())) {
            DurableFiles.replace(layout.engine(), Bytes.utf8(name + "\n").unsafeArray());
        } else if (Files.deleteIfExists(layout.engine())) {
            DurableFiles.syncNames(layout.directory());
        }
    }

    /**
     * @throws DirectoryRefusedException when the directory is another engine's; names both
     */
    void require(StoreEngine engine) throws IOException {
        String name = requireName(engine);
        String made = Files.exists(layout.engine())
                ? Files.readString(layout.engine()).strip()
                : RocksEngine.INSTANCE.name();
        if (!made.equals(name)) {
            throw new DirectoryRefusedException("data directory " + layout.directory()
                    + " has a store of the engine " + made + ", but this node is given the engine " + name
                    + ": start it with " + made
                    + ", or give it an empty directory, so that it fetches its data from the others");
        }
    }

    private static String requireName(StoreEngine engine) {
        String name = engine.name();
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "the store engine's name '" + name + "' is malformed: it takes 1 to 32 of a-z 0-9 -");
        }
        return name;
    }
}
