package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.map.WriteOptions;
import io.entente.cluster.map.Written;
import io.entente.core.store.directory.Backup;
import io.entente.core.store.directory.DirectoryRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of three is backed up while it takes writes, goes on, loses its directory, and is started from the backup. */
class RestoreTest {

    @TempDir
    Path directory;

    private final Map<String, String> acknowledged = new LinkedHashMap<>();
    private final Set<String> dots = new LinkedHashSet<>();
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
    void aNodeRestoredFromABackupHasEverythingAgainAndReusesNothing() throws IOException {
        write("eu", 0, 50);
        Path backup = directory.resolve("backups/monday");
        CompletableFuture<Backup> making = nodes.node("eu").backup(backup).toCompletableFuture();
        write("eu", 50, 150);
        assertThat(making.join().head()).isPositive();
        write("us", 150, 200);
        write("eu", 200, 250);
        awaitAll("us");

        nodes.node("eu").halt();
        write("ap", 250, 300);
        Files.move(nodes.data("eu"), directory.resolve("lost"));
        Files.move(backup, nodes.data("eu"));
        assertThatExceptionOfType(DirectoryRefusedException.class)
                .isThrownBy(() -> nodes.launch("eu"))
                .withMessageContaining("is a backup of node eu-1")
                .withMessageContaining("--restored");
        nodes.launch("eu", settings -> settings.withRestored(true));
        nodes.awaitReady("eu");
        write("eu", 300, 350);
        for (String name : ThreeNodes.NAMES) {
            awaitAll(name);
        }
        nodes.node("eu").halt();
        nodes.launch("eu");
        nodes.awaitReady("eu");
        awaitAll("eu");
    }

    /** The last of them is known to have reached another data center. */
    private void write(String name, int from, int to) {
        for (int number = from; number < to; number++) {
            String key = "key-" + number % 100;
            String value = "value " + number;
            WriteOptions options = number == to - 1 ? WriteOptions.dataCenters(2) : WriteOptions.async();
            Written written =
                    map(name).put(key, value, options).toCompletableFuture().join();
            String dot = nodes.node(name).router().partitionOf(key) + ":" + written.dot();
            assertThat(dots.add(dot)).as("%s is new", dot).isTrue();
            acknowledged.put(key, value);
        }
    }

    private void awaitAll(String name) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> acknowledged.forEach((key, value) -> assertThat(
                                map(name).get(key).toCompletableFuture().join())
                        .as("%s at %s", key, name)
                        .isInstanceOfSatisfying(
                                Found.Value.class,
                                found -> assertThat(found.value()).isEqualTo(value))));
    }

    private ReplicatedMap<String> map(String name) {
        return nodes.node(name).map("facts", Codec.utf8());
    }
}
