package io.entente.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.store.directory.Recovery.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The one law of recovery: a store that is called intact holds everything that was acknowledged, whatever was done to its files.
 * RocksDB alone doesn't keep it: it opens silently with less.
 */
class DamagedStoreTest {

    private static final int ACKNOWLEDGED = 100;

    @TempDir
    private Path parent;

    private Path path = Path.of("");

    @BeforeEach
    void fillADirectory() {
        path = parent.resolve("eu-1");
        TestDirectory.killedAfter(ACKNOWLEDGED, path);
    }

    @Test
    void anUndamagedStoreIsIntact() {
        assertThat(reopened(path)).contains(State.INTACT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5000})
    void aTruncatedLogIsNoticed(int missingBytes) throws IOException {
        Path log = TestDirectory.log(path);
        byte[] content = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(content, content.length - missingBytes));

        assertThat(reopened(path)).isNotEqualTo(Optional.of(State.INTACT));
    }

    @Test
    void aDeletedLogIsNoticed() throws IOException {
        Files.delete(TestDirectory.log(path));

        assertThat(reopened(path)).isNotEqualTo(Optional.of(State.INTACT));
    }

    @Test
    void aDeletedLogIsNoticedAfterACleanStopToo() throws IOException {
        DataDirectory directory = TestDirectory.open(path);
        TestDirectory.commit(ACKNOWLEDGED, 2 * ACKNOWLEDGED, directory.store());
        directory.close();
        Files.delete(TestDirectory.log(path));

        assertThat(reopened(path)).isNotEqualTo(Optional.of(State.INTACT));
    }

    @Test
    void aDeletedStoreIsNoticed() throws IOException {
        TestDirectory.delete(path.resolve("store"));

        assertThat(reopened(path)).contains(State.MAY_HAVE_LOST);
    }

    @Test
    void anOlderStoreIsNoticed() throws IOException {
        Path older = parent.resolve("older");
        TestDirectory.copy(path.resolve("store"), older);
        DataDirectory directory = TestDirectory.open(path);
        TestDirectory.commit(ACKNOWLEDGED, ACKNOWLEDGED + 1, directory.store());
        directory.close();
        TestDirectory.delete(path.resolve("store"));
        TestDirectory.copy(older, path.resolve("store"));

        assertThat(reopened(path)).contains(State.MAY_HAVE_LOST);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aFlippedBitInTheLogLosesNothingUnnoticed(long seed) throws IOException {
        Random random = new Random(Long.getLong("seed", seed));
        for (int round = 0; round < 20; round++) {
            Path damaged = parent.resolve("damaged-" + round);
            TestDirectory.copy(path, damaged);
            Path log = TestDirectory.log(damaged);
            byte[] content = Files.readAllBytes(log);
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(log, content);

            reopened(damaged);
        }
    }

    /** What the opening says; empty when it refuses with a sentence. Checks the law in any case. */
    private static Optional<State> reopened(Path path) {
        try (DataDirectory directory = TestDirectory.open(path)) {
            State state = directory.recovery().state();
            boolean whole = TestDirectory.holdsAll(ACKNOWLEDGED, directory.store());
            assertThat(state).isNotEqualTo(State.FRESH);
            assertThat(state == State.INTACT && !whole)
                    .as("intact, and not whole")
                    .isFalse();
            return Optional.of(state);
        } catch (DirectoryRefusedException refused) {
            assertThat(refused)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("damaged, move the directory");
            return Optional.empty();
        }
    }
}
