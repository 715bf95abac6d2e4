package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.entente.core.store.Durability;
import io.entente.core.store.StoreException;
import io.entente.core.store.directory.Recovery.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupTest {

    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    private Path parent;

    private Path path = Path.of("");
    private Path copy = Path.of("");

    @BeforeEach
    void nameTheDirectories() {
        path = parent.resolve("eu-1");
        copy = parent.resolve("backups/monday");
    }

    @ParameterizedTest
    @EnumSource
    void aBackupHoldsWhatWasCommittedBeforeIt(Durability durability) {
        try (DataDirectory directory = TestDirectory.open(path, durability)) {
            TestDirectory.commit(0, 100, directory.store());
            Backup backup = directory.backup(copy, NOW);
            TestDirectory.commit(100, 200, directory.store());

            assertThat(backup.directory()).isEqualTo(copy);
            assertThat(backup.node()).isEqualTo("eu-1");
            assertThat(backup.head()).isEqualTo(100);
            assertThat(backup.files()).isGreaterThan(4);
            assertThat(backup.bytes()).isPositive();
        }
        try (DataDirectory restored = restored()) {
            assertThat(restored.recovery().state()).isEqualTo(State.MAY_HAVE_LOST);
            assertThat(restored.recovery().reason()).contains("restored from a backup");
            assertThat(restored.head()).isEqualTo(100);
            assertThat(TestDirectory.holdsAll(100, restored.store())).isTrue();
            assertThat(TestDirectory.holdsAll(101, restored.store())).isFalse();
        }
    }

    @Test
    void aBackupBesideCommitsHoldsAllOfThemUpToOne() {
        try (DataDirectory directory = TestDirectory.open(path)) {
            AtomicInteger committed = new AtomicInteger();
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    int number = committed.get();
                    TestDirectory.commit(number, number + 1, directory.store());
                    committed.incrementAndGet();
                }
            });
            for (int round = 0; round < 5; round++) {
                int before = committed.get();
                Path target = parent.resolve("round-" + round);
                long head = directory.backup(target, NOW).head();
                assertThat(head).isBetween((long) before, committed.get() + 1L);
                try (DataDirectory restored = DataDirectory.open(
                        target,
                        TestDirectory.EU_1,
                        DirectoryOptions.of(Durability.OS).fromBackup())) {
                    assertThat(restored.head()).isEqualTo(head);
                    assertThat(TestDirectory.holdsAll((int) head, restored.store()))
                            .isTrue();
                    assertThat(TestDirectory.holds((int) head, restored.store()))
                            .isFalse();
                }
            }
            enough.set(true);
            writer.join();
        }
    }

    @Test
    void aBackupIsRefusedAsWhatItIsNotAndUsedOnce() {
        made();
        refused(DirectoryOptions.of(Durability.OS))
                .withMessageContaining("is a backup of node eu-1, taken at 2027-01-15T08:00:00Z")
                .withMessageContaining("but node eu-1 was started as if it were its latest data")
                .withMessageContaining("--restored");
        assertThatExceptionOfType(DirectoryRefusedException.class)
                .isThrownBy(() -> DataDirectory.open(
                        copy,
                        new ExpectedIdentity("us-1", "us", 8),
                        DirectoryOptions.of(Durability.OS).fromBackup()))
                .withMessageContaining("belongs to node eu-1, but this is node us-1");
        restored().close();

        try (DataDirectory again = TestDirectory.open(copy)) {
            assertThat(again.recovery().state())
                    .as("in doubt until it has caught up, and no backup any more")
                    .isEqualTo(State.MAY_HAVE_LOST);
            again.caughtUp();
        }
        try (DataDirectory again = TestDirectory.open(copy)) {
            assertThat(again.recovery().state()).isEqualTo(State.INTACT);
        }
    }

    @Test
    void anUnfinishedBackupIsRefused() throws IOException {
        made();
        Files.delete(copy.resolve("backup"));
        Files.writeString(copy.resolve("backup-unfinished"), "node eu-1, 2027-01-15T08:00:00Z\n");
        for (DirectoryOptions options : new DirectoryOptions[] {
            DirectoryOptions.of(Durability.OS),
            DirectoryOptions.of(Durability.OS).fromBackup()
        }) {
            refused(options)
                    .withMessageContaining("unfinished backup (node eu-1, 2027-01-15T08:00:00Z)")
                    .withMessageContaining("node eu-1 cannot start from it");
        }
    }

    @Test
    void aBackupWithoutItsManifestIsInDoubtAllTheSame() throws IOException {
        made();
        Files.delete(copy.resolve("backup"));
        try (DataDirectory directory = TestDirectory.open(copy)) {
            assertThat(directory.recovery().state()).isEqualTo(State.MAY_HAVE_LOST);
            assertThat(directory.recovery().reason()).contains("backup of node eu-1");
        }
    }

    @Test
    void aBackupThatLacksAFileIsRefused() throws IOException {
        made();
        Path lost = storeFiles()
                .filter(file -> file.toString().endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        Files.delete(lost);
        refused(DirectoryOptions.of(Durability.OS).fromBackup())
                .withMessageContaining("is a backup of node eu-1")
                .withMessageContaining("lacks the file store/" + lost.getFileName());
    }

    @Test
    void aBackupWithAFileThatIsNotItsOwnIsRefused() throws IOException {
        made();
        Files.writeString(copy.resolve("store/000099.sst"), "of another day");
        refused(DirectoryOptions.of(Durability.OS).fromBackup())
                .withMessageContaining("holds the file store/000099.sst");
    }

    @Test
    void aFlippedBitAnywhereInABackupIsNoticed() throws IOException {
        made();
        for (Path file : Stream.concat(
                        storeFiles(),
                        Stream.of(copy.resolve("identity"), copy.resolve("high-water"), copy.resolve("backup")))
                .toList()) {
            byte[] content = Files.readAllBytes(file);
            content[content.length / 2] ^= 16;
            Files.write(file, content);
            refused(DirectoryOptions.of(Durability.OS).fromBackup()).withMessageContaining(copy.toString());
            content[content.length / 2] ^= 16;
            Files.write(file, content);
        }
        restored().close();
    }

    @Test
    void anotherFormatIsRefusedNamingBoth() throws IOException {
        made();
        Files.writeString(copy.resolve("backup"), "format=7\n");
        refused(DirectoryOptions.of(Durability.OS).fromBackup())
                .withMessageContaining("format 7")
                .withMessageContaining("format 1");
    }

    @Test
    void aPlaceThatIsTakenIsRefusedAndLeftAlone() throws IOException {
        try (DataDirectory directory = TestDirectory.open(path)) {
            Files.createDirectories(copy);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> directory.backup(copy, NOW))
                    .withMessageContaining("there is something at " + copy);
            assertThat(copy).isEmptyDirectory();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> directory.backup(path.resolve("backups/../inside"), NOW))
                    .withMessageContaining("would lie inside the data directory");
        }
    }

    @Test
    void whatCannotBeMadeLeavesNothingBehind() throws IOException {
        DataDirectory directory = TestDirectory.open(path);
        Path file = Files.createFile(parent.resolve("a file"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> directory.backup(file.resolve("backup"), NOW))
                .withMessageContaining("could not be made");
        directory.close();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> directory.backup(copy, NOW));
        assertThat(copy).doesNotExist();
    }

    private void made() {
        try (DataDirectory directory = TestDirectory.open(path)) {
            TestDirectory.commit(0, 100, directory.store());
            directory.backup(copy, NOW);
        }
    }

    private DataDirectory restored() {
        return DataDirectory.open(
                copy, TestDirectory.EU_1, DirectoryOptions.of(Durability.OS).fromBackup());
    }

    private Stream<Path> storeFiles() throws IOException {
        try (Stream<Path> files = Files.list(copy.resolve("store"))) {
            return files
                    .filter(file -> !file.getFileName().toString().startsWith("LOG"))
                    .filter(file -> file.toFile().length() > 0)
                    .toList()
                    .stream();
        }
    }

    private ThrowableAssertAlternative<DirectoryRefusedException> refused(DirectoryOptions options) {
        return assertThatExceptionOfType(DirectoryRefusedException.class)
                .isThrownBy(() -> DataDirectory.open(copy, TestDirectory.EU_1, options));
    }
}
