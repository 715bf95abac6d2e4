package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.EntenteException;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.NotAppliedException;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.routing.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node of three has its data on a small file system in memory that is filled; skipped where this user may not mount one. */
class FullDiskTest {

    private static final int RESERVE_BYTES = 8 << 20;

    @TempDir
    Path directory;

    private final Map<String, String> acknowledged = new LinkedHashMap<>();
    private Path disk = Path.of("");
    private ThreeNodes nodes;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        disk = Files.createDirectory(directory.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString());
        Assumptions.assumeTrue(mounted, "this user may not mount a file system");
        nodes = new ThreeNodes(directory);
        nodes.node("eu").close();
        copy(nodes.data("eu"), disk.resolve("data"));
        startWithReserve(RESERVE_BYTES);
    }

    private void startWithReserve(int bytes) {
        nodes.launch("eu", settings -> settings.withData(disk.resolve("data")).withDiskReserve(bytes));
        nodes.awaitReady("eu");
        ThreeNodes.NAMES.forEach(nodes::awaitAcquainted);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (nodes != null) {
            nodes.close();
        }
        run("umount", "-l", disk.toString());
    }

    @Test
    void aNodeWithAFullDiskServesReadsAndThoseWhoPullAndGoesOnWhenThereIsRoom() throws IOException {
        put("eu", "before", "1");
        nodes.link("eu", "us", true);
        nodes.link("eu", "ap", true);
        put("eu", "alone", "2");
        fillBut(RESERVE_BYTES / 2);
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.node("eu").node().remarks())
                        .anySatisfy(remark -> assertThat(remark).contains("disk of node eu-1 is full", "make room")));
        assertThat(refusal("eu").reason()).isEqualTo(NotAppliedException.Reason.DISK_FULL);
        assertThat(nodes.node("eu").node().failures()).isEmpty();
        awaitValue("eu", "before", "1");

        nodes.link("eu", "us", false);
        nodes.link("eu", "ap", false);
        awaitValue("us", "alone", "2");
        awaitValue("ap", "alone", "2");
        put("us", "meanwhile", "3");
        awaitValue("ap", "meanwhile", "3");
        assertThat(read("eu", "meanwhile")).isInstanceOf(Found.Absent.class);

        Files.delete(disk.resolve("filler"));
        awaitWrites("eu");
        awaitValue("eu", "meanwhile", "3");
        checkAll();
    }

    @Test
    void aCommitThatFailsForLackOfRoomIsUnknownAndTheNodeGoesOn() throws IOException {
        nodes.node("eu").close();
        startWithReserve(0);
        put("eu", "before", "1");
        fillBut(0);
        String large = "x".repeat(200_000);
        Optional<EntenteException> failed = failure("eu", large);
        for (int i = 0; i < 400 && failed.isEmpty(); i++) {
            failed = failure("eu", large);
        }
        assertThat(failed)
                .hasValueSatisfying(
                        failure -> assertThat(failure.outcome()).isIn(Outcome.UNKNOWN, Outcome.NOT_APPLIED));
        awaitValue("eu", "before", "1");
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(refusal("eu").getMessage()).contains("full"));
        put("us", "meanwhile", "2");

        Files.delete(disk.resolve("filler"));
        awaitWrites("eu");
        awaitValue("eu", "meanwhile", "2");
        checkAll();
        assertThat(nodes.node("eu").node().failures()).isEmpty();
    }

    private void checkAll() {
        for (String name : ThreeNodes.NAMES) {
            acknowledged.forEach((key, value) -> awaitValue(name, key, value));
        }
    }

    /** Waits until a write is taken. */
    private void awaitWrites(String name) {
        await().atMost(ThreeNodes.PATIENCE).ignoreExceptions().until(() -> {
            put(name, "after", "4");
            return true;
        });
    }

    private void put(String name, String key, String value) {
        map(name).put(key, value).toCompletableFuture().join();
        acknowledged.put(key, value);
    }

    private NotAppliedException refusal(String name) {
        try {
            map(name).put("refused", "never").toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotAppliedException refused) {
                return refused;
            }
            throw e;
        }
        throw new AssertionError("the write was taken");
    }

    private Optional<EntenteException> failure(String name, String value) {
        try {
            map(name).put("large", value).toCompletableFuture().join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.ofNullable((EntenteException) e.getCause());
        }
    }

    private Found<String> read(String name, String key) {
        return map(name).get(key).toCompletableFuture().join();
    }

    private void awaitValue(String name, String key, String value) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(read(name, key))
                        .as("%s at %s", key, name)
                        .isInstanceOfSatisfying(
                                Found.Value.class,
                                found -> assertThat(found.value()).isEqualTo(value)));
    }

    private ReplicatedMap<String> map(String name) {
        return nodes.node(name).map("facts", Codec.utf8());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private void fillBut(long rest) throws IOException {
        byte[] block = new byte[64 << 10];
        try (OutputStream out =
                Files.newOutputStream(disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(disk).getUsableSpace() > rest) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
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
