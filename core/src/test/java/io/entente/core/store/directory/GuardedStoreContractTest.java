package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.StoreContractTest;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.memory.CommitFault;
import io.entente.core.store.rocksdb.FaultyWriter;
import io.entente.core.store.rocksdb.RocksStore;
import io.entente.core.store.rocksdb.RocksStoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guarded store keeps the contract, and a record that can't be written fences it like a commit that fails. */
class GuardedStoreContractTest extends StoreContractTest {

    private final FaultyWriter writer = new FaultyWriter();

    @TempDir
    private Path directory;

    @Override
    protected Store open() {
        return guarded("store");
    }

    @Override
    protected void failNextCommit(Store store, CommitFault fault) {
        writer.failNext(fault);
    }

    @Test
    void aCommitThatCannotBeRecordedMayExistAndFences() throws IOException {
        RocksStore store = RocksStore.open(directory.resolve("other"), RocksStoreSettings.of(Durability.OS));
        HighWaterFile highWater = HighWaterFile.open(directory.resolve("other-high-water"), "boot", 0);
        GuardedStore guarded = new GuardedStore(store, highWater);
        TestDirectory.commit(0, 1, guarded);
        highWater.close();

        assertThatThrownBy(() -> TestDirectory.commit(1, 2, guarded))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.mayExist()).isTrue())
                .hasMessageContaining("high-water");
        assertThatThrownBy(() -> TestDirectory.commit(2, 3, guarded))
                .isInstanceOf(StoreFencedException.class)
                .hasMessageContaining(directory.resolve("other").toString());
        assertThat(TestDirectory.holdsAll(2, guarded)).isTrue();
        guarded.close();
        assertThat(HighWaterFile.read(directory.resolve("other-high-water"))).contains(new HighWater(1, false, "boot"));
    }

    @Test
    void aFencedStoreRecordsNoCleanStop() throws IOException {
        GuardedStore guarded = guarded("fenced");
        TestDirectory.commit(0, 1, guarded);
        writer.failNext(CommitFault.KEEPS_THE_BATCH);
        assertThatThrownBy(() -> TestDirectory.commit(1, 2, guarded)).isInstanceOf(StoreException.class);
        guarded.close();

        assertThat(HighWaterFile.read(directory.resolve("fenced-high-water")))
                .contains(new HighWater(1, false, "boot"));
    }

    private GuardedStore guarded(String name) {
        try {
            RocksStore store = writer.open(directory.resolve(name), RocksStoreSettings.of(Durability.OS));
            return new GuardedStore(store, HighWaterFile.open(directory.resolve(name + "-high-water"), "boot", 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
