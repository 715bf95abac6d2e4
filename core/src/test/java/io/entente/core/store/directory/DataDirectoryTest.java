package io.entente.core.store.directory;

import static io.entente.core.store.directory.Recovery.State.FRESH;
import static io.entente.core.store.directory.Recovery.State.INTACT;
import static io.entente.core.store.directory.Recovery.State.MAY_HAVE_LOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.entente.core.store.Durability;
import io.entente.core.store.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataDirectoryTest {

    @TempDir
    private Path parent;

    private Path path = Path.of("");

    @BeforeEach
    void nameTheDirectory() {
        path = parent.resolve("data/eu-1");
    }

    @Test
    void aNewDirectoryIsMadeAndFresh() {
        try (DataDirectory directory = TestDirectory.open(path)) {
            assertThat(directory.recovery().state()).isEqualTo(FRESH);
            assertThat(directory.head()).isZero();
            assertThat(directory.cluster()).isEmpty();
            assertThat(directory.hasJoined()).isFalse();
            assertThat(path).isDirectoryContaining(file -> file.endsWith("store"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCleanStopIsIntact(Durability durability) {
        for (int opening = 0; opening < 3; opening++) {
            try (DataDirectory directory = TestDirectory.open(path, durability)) {
                assertThat(directory.recovery().state()).isEqualTo(opening == 0 ? FRESH : INTACT);
                assertThat(TestDirectory.holdsAll(10 * opening, directory.store()))
                        .isTrue();
                TestDirectory.commit(10 * opening, 10 * opening + 10, directory.store());
                assertThat(directory.head()).isEqualTo(10 * opening + 10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheProcessLosesWhatWasOnlyInMemory(Durability durability) {
        DataDirectory directory = TestDirectory.open(path, durability);
        TestDirectory.commit(0, 10, directory.store());
        directory.abandon();

        try (DataDirectory again = TestDirectory.open(path, durability)) {
            boolean lost = durability == Durability.MEMORY;
            assertThat(again.recovery().state()).isEqualTo(lost ? MAY_HAVE_LOST : INTACT);
            assertThat(TestDirectory.holdsAll(10, again.store())).isEqualTo(!lost);
        }
    }

    @Test
    void aCrashInAnotherBootMayHaveLostAndACleanStopMayNot() {
        DirectoryOptions options = DirectoryOptions.of(Durability.FSYNC);
        DataDirectory first = DataDirectory.open(path, TestDirectory.EU_1, options, "boot 1");
        TestDirectory.commit(0, 1, first.store());
        first.close();
        DataDirectory second = DataDirectory.open(path, TestDirectory.EU_1, options, "boot 2");
        assertThat(second.recovery().state()).isEqualTo(INTACT);
        second.abandon();

        try (DataDirectory third = DataDirectory.open(path, TestDirectory.EU_1, options, "boot 3")) {
            assertThat(third.recovery().state()).isEqualTo(MAY_HAVE_LOST);
            assertThat(third.recovery().reason()).contains("not clean");
        }
    }

    @Test
    void aDoubtStaysUntilTheNodeHasCaughtUp() throws IOException {
        TestDirectory.killedAfter(10, path);
        Files.delete(path.resolve("high-water"));
        for (int opening = 0; opening < 3; opening++) {
            try (DataDirectory directory = TestDirectory.open(path)) {
                assertThat(directory.recovery().state()).isEqualTo(MAY_HAVE_LOST);
                assertThat(directory.recovery().reason()).contains("high-water record is missing");
                if (opening == 2) {
                    directory.caughtUp();
                }
            }
        }

        try (DataDirectory directory = TestDirectory.open(path)) {
            assertThat(directory.recovery().state()).isEqualTo(INTACT);
        }
    }

    @Test
    void aRestoredDirectoryMayHaveLostAlthoughItLooksIntact() {
        TestDirectory.killedAfter(10, path);
        DirectoryOptions restored = DirectoryOptions.of(Durability.OS).fromBackup();
        DataDirectory.open(path, TestDirectory.EU_1, restored).close();

        try (DataDirectory directory = TestDirectory.open(path)) {
            assertThat(directory.recovery().state()).isEqualTo(MAY_HAVE_LOST);
            assertThat(directory.recovery().reason()).contains("restored from a backup");
        }
    }

    @Test
    void aSecondOpeningIsRefusedNamingBoth() {
        try (DataDirectory directory = TestDirectory.open(path)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                refused(new ExpectedIdentity("us-1", "us", 8))
                        .withMessageContaining(path.toString())
                        .withMessageContaining(
                                "in use by process " + ProcessHandle.current().pid() + " (node eu-1)")
                        .withMessageContaining("(node us-1)");
            }
            TestDirectory.commit(0, 1, directory.store());
        }
        TestDirectory.open(path).close();
    }

    @Test
    void aDirectoryUnderAnotherNameIsTheSameDirectory() throws IOException {
        Files.createDirectories(path.getParent());
        Path link = Files.createSymbolicLink(parent.resolve("link"), path.getParent());
        try (DataDirectory directory = TestDirectory.open(path)) {
            assertThatExceptionOfType(DirectoryRefusedException.class)
                    .isThrownBy(() -> TestDirectory.open(link.resolve("eu-1")))
                    .withMessageContaining("in use");
            assertThat(directory.path()).isEqualTo(path);
        }
    }

    @Test
    void anothersDirectoryIsRefusedNamingBoth() {
        TestDirectory.open(path).close();

        refused(new ExpectedIdentity("us-1", "us", 8))
                .withMessageContaining("belongs to node eu-1, but this is node us-1");
        refused(new ExpectedIdentity("eu-1", "us", 8))
                .withMessageContaining("belongs to data center eu, but this is data center us");
        refused(new ExpectedIdentity("eu-1", "eu", 16))
                .withMessageContaining("made for 8 partitions")
                .withMessageContaining("configured for 16");
        TestDirectory.open(path).close();
    }

    @Test
    void aClusterIsAdoptedOnceAndForGood() {
        try (DataDirectory directory = TestDirectory.open(path)) {
            directory.adoptCluster("cluster-1");
            directory.adoptCluster("cluster-1");
        }
        try (DataDirectory directory = TestDirectory.open(path)) {
            assertThat(directory.cluster()).contains("cluster-1");
            assertThatExceptionOfType(DirectoryRefusedException.class)
                    .isThrownBy(() -> directory.adoptCluster("cluster-2"))
                    .withMessageContaining("cluster-1")
                    .withMessageContaining("cluster-2");
        }
    }

    @Test
    void aNodeThatHasJoinedKnowsItAfterAnyEnd() {
        DataDirectory directory = TestDirectory.open(path);
        directory.markJoined();
        directory.abandon();

        try (DataDirectory again = TestDirectory.open(path)) {
            assertThat(again.hasJoined()).isTrue();
        }
    }

    @Test
    void aNodeThatHasMetAnotherOneKnowsItWhateverBecomesOfItsStore() throws IOException {
        DataDirectory directory = TestDirectory.open(path);
        directory.adoptCluster("cluster-1");
        assertThat(directory.isAcquainted()).isFalse();
        directory.meet("cluster-1");
        directory.abandon();
        TestDirectory.delete(path.resolve("store"));

        directory = TestDirectory.open(path);
        assertThat(directory.isAcquainted()).isTrue();
        directory.putAside();
        try (DataDirectory again = TestDirectory.open(path)) {
            assertThat(again.isAcquainted()).isTrue();
            assertThatExceptionOfType(DirectoryRefusedException.class).isThrownBy(() -> again.meet("cluster-2"));
        }
    }

    @Test
    void aStoreWithoutAnIdentityIsRefused() throws IOException {
        TestDirectory.killedAfter(1, path);
        Files.delete(path.resolve("identity"));

        refused(TestDirectory.EU_1).withMessageContaining("no file \"identity\"");
    }

    @Test
    void aDamagedIdentityIsRefused() throws IOException {
        TestDirectory.open(path).close();
        Files.writeString(path.resolve("identity"), "format=1\nnode=eu-2\n");

        refused(TestDirectory.EU_1).withMessageContaining("damaged file \"identity\"");
    }

    @Test
    void anotherFormatIsRefusedNamingBoth() throws IOException {
        TestDirectory.open(path).close();
        Files.writeString(path.resolve("identity"), "format=7\n");

        refused(TestDirectory.EU_1).withMessageContaining("format 7").withMessageContaining("format 1");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.createDirectories(path.getParent());
        Files.createFile(path);

        refused(TestDirectory.EU_1).withMessageContaining("it must be a directory");
    }

    @Test
    void aClosedDirectoryIsClosedOnceAndItsStoreSaysSo() {
        DataDirectory directory = TestDirectory.open(path);
        directory.close();
        directory.close();
        directory.abandon();

        assertThatIllegalStateException().isThrownBy(() -> directory.store().commit(new WriteBatch()));
    }

    @Test
    void aLateCloseOfAnAbandonedDirectoryRecordsNoCleanStop() throws IOException {
        DataDirectory directory = TestDirectory.open(path);
        TestDirectory.commit(0, 1, directory.store());
        directory.abandon();
        directory.close();

        assertThat(HighWaterFile.read(path.resolve("high-water")))
                .hasValueSatisfying(record -> assertThat(record.clean()).isFalse());
    }

    private org.assertj.core.api.ThrowableAssertAlternative<DirectoryRefusedException> refused(ExpectedIdentity node) {
        return assertThatExceptionOfType(DirectoryRefusedException.class)
                .isThrownBy(() -> DataDirectory.open(path, node, DirectoryOptions.of(Durability.OS)));
    }
}
