package io.entente.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.Found;
import io.entente.cluster.map.ReplicatedMap;
import io.entente.cluster.verify.VerificationResult;
import io.entente.cluster.verify.VerificationResult.Verdict;
import io.entente.core.message.NodeId;
import io.entente.core.message.RowState;
import io.entente.core.repair.Difference;
import io.entente.core.repair.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit flips in a file that holds the records of one node of three. */
class DamagedFileTest {

    private static final int KEYS = 200;
    private static final NodeId EU = new NodeId("eu", "eu-1");

    /** Among the properties of a file: the end of "rocksdb.column.family.name", and what it is. */
    private static final String OF_RECORDS = "namerecord";

    @TempDir
    Path directory;

    private final Map<String, String> written = new LinkedHashMap<>();
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
    void rowsAreReplacedAndTheNodeSaysHowToBeRidOfTheFile() throws IOException {
        write();
        ThreeNodes.NAMES.forEach(this::awaitAll);
        restart("eu"); // writes the log's rows to files
        nodes.node("eu").close();
        flipABitOfTheRecords();
        nodes.launch("eu");
        nodes.awaitReady("eu");

        VerificationResult repaired = verify("us", Verdict.REPAIRED);
        assertThat(repaired.partitions().values().stream()
                        .map(VerificationReport::named)
                        .flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(difference -> {
                    assertThat(difference.outcome()).isEqualTo(Difference.Outcome.REPAIRED);
                    assertThat(difference.held())
                            .hasEntrySatisfying(
                                    EU, state -> assertThat(state.kind()).isEqualTo(RowState.Kind.UNREADABLE));
                });
        awaitAll("eu");
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> assertThat(nodes.node("eu").node().remarks())
                        .anySatisfy(remark -> assertThat(remark)
                                .contains(
                                        "could not be read",
                                        "move the directory store out of its data directory",
                                        "fetches everything")));
        assertThat(nodes.node("us").node().remarks()).isEmpty();

        nodes.node("eu").close();
        Files.move(nodes.data("eu").resolve("store"), directory.resolve("damaged"));
        nodes.launch("eu", settings -> settings.withSeeds(List.of(nodes.address("us"))));
        nodes.awaitReady("eu");
        verify("eu", Verdict.EQUAL);
        awaitAll("eu");
        assertThat(nodes.node("eu").node().remarks()).isEmpty();
    }

    private void write() {
        SplittableRandom random = new SplittableRandom(1);
        for (int number = 0; number < KEYS; number++) {
            String value = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            written.put("key-" + number, value);
        }
        written.forEach(
                (key, value) -> map("eu").put(key, value).toCompletableFuture().join());
    }

    private void restart(String name) {
        nodes.node(name).close();
        nodes.launch(name);
        nodes.awaitReady(name);
        awaitAll(name);
    }

    /** What was not found out for being busy, or since rows moved, is looked at again. */
    private VerificationResult verify(String name, Verdict verdict) {
        return await().atMost(ThreeNodes.PATIENCE)
                .until(
                        () -> nodes.node(name)
                                .verify(Duration.ofSeconds(30))
                                .toCompletableFuture()
                                .join(),
                        result -> result.verdict() == verdict);
    }

    private void flipABitOfTheRecords() throws IOException {
        try (Stream<Path> all = Files.list(nodes.data("eu").resolve("store"))) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String text = new String(bytes, ISO_8859_1);
                int at = text.contains(OF_RECORDS) ? positionOfAValue(text) : -1;
                if (at >= 0) {
                    bytes[at] ^= 1;
                    Files.write(file, bytes);
                    return;
                }
            }
        }
        throw new AssertionError("no file of the store holds records");
    }

    private int positionOfAValue(String file) {
        return written.values().stream()
                .mapToInt(value -> file.indexOf(value.substring(0, 16)))
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
    }

    private void awaitAll(String name) {
        await().atMost(ThreeNodes.PATIENCE)
                .untilAsserted(() -> written.forEach((key, value) -> assertThat(
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
