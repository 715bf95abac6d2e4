package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entente.core.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, killed in the middle of their commits. */
class KilledProcessTest {

    @TempDir
    private Path path;

    @ParameterizedTest
    @EnumSource(names = {"FSYNC", "OS"})
    void whatWasAcknowledgedBeforeAKillIsThere(Durability durability) throws IOException, InterruptedException {
        int acknowledged;
        try (CommittingProcess process = CommittingProcess.start(path, durability)) {
            process.awaitAcknowledged(300);
            acknowledged = process.kill();
        }

        try (DataDirectory directory = TestDirectory.open(path, durability)) {
            assertThat(directory.recovery().state())
                    .as(directory.recovery().reason())
                    .isEqualTo(Recovery.State.INTACT);
            assertThat(TestDirectory.holdsAll(acknowledged, directory.store())).isTrue();
            assertThat(directory.head()).isBetween((long) acknowledged, acknowledged + 1L);
        }
    }

    @Test
    void aDirectoryOfAnotherProcessIsRefusedNamingBothUntilThatEnds() throws IOException, InterruptedException {
        try (CommittingProcess process = CommittingProcess.start(path, Durability.OS)) {
            process.awaitAcknowledged(1);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(DirectoryRefusedException.class)
                        .isThrownBy(() -> TestDirectory.open(path))
                        .withMessageContaining(path.toString())
                        .withMessageContaining("process " + process.pid() + " (node eu-1)")
                        .withMessageContaining(
                                "process " + ProcessHandle.current().pid());
            }
            process.kill();
        }
        TestDirectory.open(path).close();
    }
}
