package io.entente.core.store.rocksdb;

import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.StoreContractTest;
import io.entente.core.store.memory.CommitFault;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The store's contract at every durability. */
class RocksStoreContractTest {

    @Nested
    class Fsync extends Contract {
        Fsync() {
            super(Durability.FSYNC);
        }
    }

    @Nested
    class Os extends Contract {
        Os() {
            super(Durability.OS);
        }
    }

    @Nested
    class Memory extends Contract {
        Memory() {
            super(Durability.MEMORY);
        }
    }

    abstract static class Contract extends StoreContractTest {

        private final Durability durability;
        private final FaultyWriter writer = new FaultyWriter();

        @TempDir
        private Path directory;

        Contract(Durability durability) {
            this.durability = durability;
        }

        @Override
        protected Store open() {
            return writer.open(directory.resolve("store"), RocksStoreSettings.of(durability));
        }

        @Override
        protected void failNextCommit(Store store, CommitFault fault) {
            writer.failNext(fault);
        }
    }
}
