package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.entente.core.bytes.Bytes;
import io.entente.core.store.Durability;
import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFencedException;
import io.entente.core.store.StoreFullException;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.directory.Recovery.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory on a small file system in memory that is filled; skipped where this user may not mount one. */
class FullDiskTest {

    private static final int VALUE_BYTES = 32 << 10;
    private static final int BALLAST_BYTES = 1 << 20;

    @TempDir
    private Path parent;

    private Path disk = Path.of("");
    private Path path = Path.of("");
    private int committed;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(parent.resolve("disk"));
        path = disk.resolve("eu-1");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "this user may not mount a file system");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", "-l", disk.toString());
    }

    @Test
    void aFullDiskFencesAndTheStoreGoesOnWhenOpenedAnew() throws IOException {
        try (DataDirectory directory = TestDirectory.open(path)) {
            directory.takeBallast(BALLAST_BYTES);
            commit(directory.store());
            fill();
            fail(directory.store());
            assertThatExceptionOfType(StoreFencedException.class)
                    .isThrownBy(() -> commit(directory.store()))
                    .satisfies(fenced ->
                            assertThat(StoreFullException.isCauseOf(fenced)).isTrue());
            holdsAll(directory.store());

            directory.reopen();
            holdsAll(directory.store());
            smallCommit(directory.store());

            fail(directory.store());
            Files.delete(disk.resolve("filler"));
            directory.reopen();
            holdsAll(directory.store());
            commit(directory.store());
            holdsAll(directory.store());
        }
        try (DataDirectory directory = TestDirectory.open(path)) {
            assertThat(directory.recovery().state()).isEqualTo(State.INTACT);
            holdsAll(directory.store());
        }
    }

    @Test
    void aDirectoryOnAFullDiskIsOpenedWithTheRoomOfItsBallast() throws IOException {
        DataDirectory killed = TestDirectory.open(path, Durability.FSYNC);
        killed.takeBallast(BALLAST_BYTES);
        commit(killed.store());
        fill();
        fail(killed.store());
        killed.abandon();
        fill();

        try (DataDirectory directory = TestDirectory.open(path, Durability.FSYNC)) {
            assertThat(directory.recovery().state())
                    .as(directory.recovery().reason())
                    .isEqualTo(State.INTACT);
            holdsAll(directory.store());
        }
    }

    @Test
    void aBackupThatFindsNoRoomIsNone() throws IOException, InterruptedException {
        Path other = Files.createDirectory(parent.resolve("other"));
        try (DataDirectory directory =
                DataDirectory.open(other.resolve("eu-1"), TestDirectory.EU_1, DirectoryOptions.of(Durability.OS))) {
            commit(directory.store());
            fill();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> directory.backup(disk.resolve("backup"), 0))
                    .withMessageContaining("could not be made")
                    .withMessageContaining("make room there");
            assertThat(disk.resolve("backup")).doesNotExist();
            commit(directory.store());
        }
    }

    @Test
    void aStoreThatIsNotFencedByAFullDiskStaysAsItIs() {
        DataDirectory directory = TestDirectory.open(path);
        commit(directory.store());
        directory.reopen();
        holdsAll(directory.store());
        directory.close();
        assertThatIllegalStateException().isThrownBy(directory::reopen);
    }

    private void commit(Store store) {
        store.commit(new WriteBatch().put(Table.LOG, key(committed), value(committed)));
        committed++;
    }

    /** Leaves no trace among the numbered ones. */
    private static void smallCommit(Store store) {
        store.commit(new WriteBatch().put(Table.META, Bytes.utf8("small"), Bytes.utf8("value")));
    }

    /** Commits until there is no room. */
    private void fail(Store store) {
        assertThatExceptionOfType(StoreFullException.class).isThrownBy(() -> {
            for (int i = 0; i < 10_000; i++) {
                commit(store);
            }
        });
    }

    private void holdsAll(Store store) {
        for (int number = 0; number < committed; number++) {
            assertThat(store.get(Table.LOG, key(number))).contains(value(number));
        }
    }

    private static Bytes key(int number) {
        return Bytes.utf8(String.format("%08d", number));
    }

    private static Bytes value(int number) {
        byte[] value = new byte[VALUE_BYTES];
        new java.util.SplittableRandom(number).nextBytes(value);
        return Bytes.wrap(value);
    }

    private void fill() throws IOException {
        byte[] block = new byte[4 << 10];
        try (OutputStream out = Files.newOutputStream(
                disk.resolve("filler"),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
