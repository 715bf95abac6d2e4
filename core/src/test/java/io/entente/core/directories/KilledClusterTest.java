package io.entente.core.directories;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Dot;
import io.entente.core.message.NodeId;
import io.entente.core.store.directory.Recovery.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes with three directories each, killed at random moments, openings among them. */
class KilledClusterTest {

    /** Each kills the processes of three directories. */
    private static final int KILLS = 7;

    private static final int KILLS_OF_A_LIFE = 10;
    private static final int LONGEST_LIFE = 400;

    @TempDir
    private Path parent;

    @Test
    void nothingAcknowledgedIsLostWhenProcessesAreKilled() throws IOException, InterruptedException {
        live(Long.getLong("seed", System.nanoTime()), parent, KILLS);
    }

    @Test
    @Tag("soak")
    void nothingAcknowledgedIsLostWhenAThousandProcessesAreKilled() throws IOException, InterruptedException {
        int kills = Integer.getInteger("soak.directories", 1_000) / TornCluster.IDS.size() + 1;
        for (int life = 0; life * KILLS_OF_A_LIFE < kills; life++) {
            Path place = parent.resolve("life-" + life);
            live(Long.getLong("seed", System.nanoTime()), place, KILLS_OF_A_LIFE);
            DirectoryFiles.delete(place);
        }
    }

    private static void live(long seed, Path place, int kills) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            int until = random.nextInt(4) == 0 ? 0 : random.nextInt(LONGEST_LIFE);
            acknowledged.addAll(KilledCluster.runAndKill(place, random.nextLong(), until));
        }
        Register register = new Register();
        try (TornCluster cluster =
                new TornCluster(place, register, random.split(), TornCluster.LONG, (at, written) -> {})) {
            for (NodeId id : TornCluster.IDS) {
                State state = cluster.start(id, false, false).state();
                assertThat(state)
                        .as("%s after the last kill, seed %s", id, seed)
                        .isNotEqualTo(State.MAY_HAVE_LOST);
                register.read(cluster.node(id).directory().store());
            }
            acknowledged.forEach(dot -> register.acknowledge(Dot.parse(dot)));
            assertThat(cluster.passUntil(Duration.ofSeconds(60), cluster::isAtRest))
                    .as("all come to rest, seed %s", seed)
                    .isTrue();
            TornCluster.IDS.forEach(cluster::write);
            assertThat(cluster.passUntil(Duration.ofSeconds(60), cluster::isAtRest))
                    .isTrue();
            cluster.judge();
        }
        assertThat(acknowledged).hasSizeGreaterThan(10 * kills);
        System.out.println("seed " + seed + ": " + kills * TornCluster.IDS.size() + " directories killed, "
                + acknowledged.size() + " acknowledged writes kept");
    }
}
