package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.core.store.CountedStore;
import io.entente.core.store.Durability;
import io.entente.core.store.StoreEngine;
import io.entente.core.store.rocksdb.RocksEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory stays with the engine that made its store. */
class EngineMarkTest {

    private static final DirectoryOptions ROCKSDB = DirectoryOptions.of(Durability.OS);
    private static final DirectoryOptions OTHER = ROCKSDB.with(new Named("an-application-s-own"));

    @TempDir
    Path parent;

    private Path path;

    @BeforeEach
    void name() {
        path = parent.resolve("eu-1");
    }

    /** RocksDB under another name. */
    private record Named(String name) implements StoreEngine {

        @Override
        public CountedStore open(Path directory, Durability durability) {
            return RocksEngine.INSTANCE.open(directory, durability);
        }
    }

    @Test
    void theEngineThatMadeItOpensItAgain() {
        try (DataDirectory directory = open(OTHER)) {
            TestDirectory.commit(0, 3, directory.store());
        }
        try (DataDirectory again = open(OTHER)) {
            assertThat(again.recovery().mayHaveLost()).isFalse();
            assertThat(TestDirectory.holdsAll(3, again.store())).isTrue();
        }
    }

    @Test
    void anotherEngineIsRefusedAndBothAreNamed() {
        open(OTHER).close();
        refused(ROCKSDB)
                .withMessageContaining("the engine an-application-s-own")
                .withMessageContaining("rocksdb");
        path = parent.resolve("us-1");
        open(ROCKSDB).close();
        refused(OTHER).withMessageContaining("the engine rocksdb");
        assertThat(path.resolve("engine")).doesNotExist();
    }

    @Test
    void aBackupIsItsEnginesToo() {
        Path copy = parent.resolve("copy");
        try (DataDirectory directory = open(OTHER)) {
            TestDirectory.commit(0, 3, directory.store());
            assertThat(directory.backup(copy, 0).head()).isEqualTo(3);
        }
        path = copy;
        refused(ROCKSDB.fromBackup()).withMessageContaining("the engine an-application-s-own");
        try (DataDirectory restored = open(OTHER.fromBackup())) {
            assertThat(TestDirectory.holdsAll(3, restored.store())).isTrue();
        }
    }

    @Test
    void aBackupWhoseEngineWasChangedIsDamaged() throws Exception {
        Path copy = parent.resolve("copy");
        try (DataDirectory directory = open(OTHER)) {
            directory.backup(copy, 0);
        }
        Files.writeString(copy.resolve("engine"), "another\n");
        path = copy;
        refused(ROCKSDB.with(new Named("another")).fromBackup()).withMessageContaining("a file engine");
    }

    @Test
    void aDirectoryWhoseMakingWasBrokenOffIsWhoeverMakesItNext() throws Exception {
        open(OTHER).close();
        Files.delete(path.resolve("identity"));
        TestDirectory.delete(path.resolve("store"));
        try (DataDirectory directory = open(ROCKSDB)) {
            assertThat(directory.recovery().state()).isEqualTo(Recovery.State.FRESH);
        }
        assertThat(path.resolve("engine")).doesNotExist();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(ROCKSDB.with(new Named("My Engine"))))
                .withMessageContaining("'My Engine'");
    }

    private DataDirectory open(DirectoryOptions options) {
        return DataDirectory.open(path, TestDirectory.EU_1, options);
    }

    private ThrowableAssertAlternative<DirectoryRefusedException> refused(DirectoryOptions options) {
        return assertThatExceptionOfType(DirectoryRefusedException.class).isThrownBy(() -> open(options));
    }
}
