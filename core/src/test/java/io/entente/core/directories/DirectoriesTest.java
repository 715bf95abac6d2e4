package io.entente.core.directories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever becomes of a directory: no dot names two writes, no wrong value is served, what was lost comes back from the others, what others held
 * is not lost, and who refuses says why.
 */
class DirectoriesTest {

    private static final int A_LIFE = 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void aDirectoryThatSuffersDoesNoHarm(Damage damage) throws IOException {
        live(Long.getLong("seed", 1), damage);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    void aThousandDirectoriesThatSufferDoNoHarm(Damage damage) throws IOException {
        int lives = Math.max(1, Integer.getInteger("soak.directories", 1_000) / A_LIFE);
        for (int life = 0; life < lives; life++) {
            live(Long.getLong("seed", 1_000_000) + life, damage);
        }
    }

    private void live(long seed, Damage damage) throws IOException {
        Path place = Files.createDirectory(directory.resolve(damage + "-" + seed));
        try (Torment torment = new Torment(seed, place)) {
            for (int time = 0; time < A_LIFE; time++) {
                torment.suffer(damage);
            }
            System.out.println(damage + ", seed " + seed + ": " + torment.outcomes() + ", " + torment.acknowledged()
                    + " acknowledged writes kept"
                    + (torment.damagedChunks() > 0 ? ", " + torment.damagedChunks() + " chunks damaged" : ""));
            assertThat(torment.acknowledged()).isGreaterThan(3 * A_LIFE);
            Map<Torment.Outcome, Integer> outcomes = torment.outcomes();
            assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum())
                    .isGreaterThanOrEqualTo(A_LIFE);
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(damage + " with -Dseed=" + seed + ": " + failed.getMessage(), failed);
        } finally {
            DirectoryFiles.delete(place);
        }
    }
}
