package io.entente.cluster;

import static io.entente.cluster.ThreeNodes.NAMES;
import static io.entente.cluster.ThreeNodes.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.conflict.Conflict;
import io.entente.conflict.ConflictResolver;
import io.entente.conflict.Resolution;
import io.entente.conflict.Version;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What resolvers rest on, at three real nodes: the common ancestor, and clocks. */
class ResolvingAcrossDataCentersTest {

    @TempDir
    Path directory;

    private ThreeNodes nodes;

    @BeforeEach
    void start() {
        nodes = new ThreeNodes(directory);
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void aThreeWayMergeSeesTheSameAncestorEverywhere() {
        NAMES.forEach(this::stock);
        stock("eu").put("apples", 100).toCompletableFuture().join();
        NAMES.forEach(name -> awaitValue(stock(name), "apples", 100));
        nodes.link("eu", "us", true);
        nodes.link("us", "ap", true);
        stock("eu").put("apples", 110).toCompletableFuture().join();
        stock("us").put("apples", 95).toCompletableFuture().join();
        nodes.link("eu", "us", false);
        nodes.link("us", "ap", false);
        NAMES.forEach(name -> awaitValue(stock(name), "apples", 105));
    }

    @Test
    void aNodeWhoseClockIsOffTakesNoWritesFromClientsUntilItIsMended() {
        nodes.clockError("ap", Duration.ofHours(1).toMillis());
        ReplicatedMap<String> users = nodes.node("ap").map("users", Codec.utf8());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() ->
                                users.put("probe", "here").toCompletableFuture().join())
                        .hasCauseInstanceOf(NotAppliedException.class)
                        .hasMessageContaining("the clock of node ap-1 is 3")
                        .hasMessageContaining("entente.max-clock-drift is 1000 ms")
                        .hasMessageContaining("set it"));
        ReplicatedMap<String> elsewhere = nodes.node("eu").map("users", Codec.utf8());
        elsewhere.put("ivan", "elsewhere").toCompletableFuture().join();
        awaitValue(users, "ivan", "elsewhere");
        nodes.clockError("ap", 0);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(users.put("ivan", "mended")
                                .toCompletableFuture()
                                .join())
                        .isNotNull());
        awaitValue(elsewhere, "ivan", "mended");
        assertThat(nodes.view("ap").clocks())
                .hasValueSatisfying(clocks -> assertThat(clocks.skews()).hasSize(2));
    }

    /** The ancestor, and what each sibling has added to it. */
    private static final class AddingUp implements ConflictResolver<Integer> {

        @Override
        public Resolution<Integer> resolve(Conflict<Integer> conflict) {
            int base = conflict.ancestor().flatMap(Version::value).orElseThrow();
            return Resolution.merged(base
                    + conflict.live().stream()
                            .mapToInt(version -> version.value().orElseThrow() - base)
                            .sum());
        }

        @Override
        public boolean needsAncestor() {
            return true;
        }
    }

    private ReplicatedMap<Integer> stock(String name) {
        return nodes.node(name).map("stock", Codec.json(Integer.class), new AddingUp());
    }

    private static <V> void awaitValue(ReplicatedMap<V> map, String key, V value) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                map.get(key).toCompletableFuture().join().asOptional())
                        .contains(value));
    }
}
