package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes, of which one dies with a write that only it has. It is retired over HTTP, and nothing waits for it any more; it returns with its
 * old directory, is told so, comes back with what the others have, and its write is salvaged.
 */
class RetiredNodeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap");

    @TempDir
    Path directory;

    private final Map<String, NodeUnderTest> nodes = new LinkedHashMap<>();
    private final Map<String, HttpNode> http = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        nodes.values().forEach(NodeUnderTest::stopAtLast);
    }

    @Test
    void aRetiredNodeHoldsNothingBackAndComesBackWithWhatOnlyItHad() throws IOException {
        found();
        cutOff("ap");
        assertThat(at("ap").put("m", "only-here", "kept")).isTrue();
        node("ap").kill();
        assertThat(at("eu").put("m", "gone", "soon")).isTrue();
        assertThat(at("eu").delete("m", "gone")).isTrue();
        awaitHeldBackBy("us", "ap-1");

        retire();
        returnWithOldDirectory();
        comeBack();
        salvage();
        damageWhatIsAside();
    }

    private void retire() {
        assertThat(at("eu").post("/admin/retire", "{\"node\": \"eu-1\"}").statusCode())
                .isEqualTo(400);
        assertThat(at("eu").post("/admin/retire", "{\"node\": \"nobody\"}").body())
                .contains("nobody");
        for (int times = 0; times < 2; times++) {
            assertThat(at("eu").post("/admin/retire", "{\"node\": \"ap-1\"}").statusCode())
                    .isEqualTo(200);
        }
        for (String dataCenter : List.of("eu", "us")) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(at(dataCenter).json("/cluster").get("retired").toString())
                        .isEqualTo("[\"ap-1\"]");
                assertThat(at(dataCenter).json("/cluster").get("purgeHeldBackBy"))
                        .isEmpty();
            });
        }
    }

    private void returnWithOldDirectory() {
        node("ap").start();
        await().atMost(PATIENCE).ignoreException(UncheckedIOException.class).untilAsserted(() -> {
            assertThat(at("ap").health("ready").said()).contains("was retired");
            assertThat(at("ap").put("m", "too-late", "never")).isFalse();
        });
        assertThat(node("ap").terminate()).isEqualTo(143);
    }

    private void comeBack() {
        node("ap").start().awaitReady(2);
        assertThat(at("eu").json("/cluster").get("retired")).isEmpty();
        assertThat(at("ap").put("m", "new", "written")).isTrue();
    }

    private void salvage() {
        JsonNode offered = at("ap").json("/admin/salvage").get("writes");
        assertThat(offered).hasSize(1);
        assertThat(offered.get(0).get("key").textValue()).isEqualTo("only-here");
        assertThat(at("eu").entries("m")).doesNotContainKey("only-here");
        assertThat(at("ap").post("/admin/salvage", "{}").body()).contains("\"left\":0");
        assertThat(at("ap").post("/admin/salvage", "{}").body()).contains("\"written\":[]");
        assertThat(at("ap").post("/admin/salvage", "{\"of\": \"nobody\"}"))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400))
                .satisfies(refused -> assertThat(refused.body()).contains("nobody", "ap-1", "eu-1"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(at("eu").entries("m"))
                        .containsEntry("only-here", "kept")
                        .containsEntry("new", "written"));
    }

    private void damageWhatIsAside() throws IOException {
        Path current = directory.resolve("ap-data/aside/1/CURRENT");
        Files.delete(current);
        assertThat(at("ap").post("/admin/salvage", "{}"))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(503))
                .satisfies(refused -> assertThat(refused.body()).contains("store-failed", "aside/1 holds no store"));
        assertThat(current).doesNotExist();
    }

    private void awaitHeldBackBy(String dataCenter, String node) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(at(dataCenter)
                                .json("/cluster")
                                .get("purgeHeldBackBy")
                                .toString())
                        .isEqualTo("[\"" + node + "\"]"));
    }

    private void cutOff(String dataCenter) {
        for (String other : DATA_CENTERS) {
            if (!other.equals(dataCenter)) {
                at(dataCenter).link(dataCenter, other, "cut");
                at(dataCenter).link(other, dataCenter, "cut");
            }
        }
    }

    private void found() throws IOException {
        List<Integer> ports = FreePorts.take(2 * DATA_CENTERS.size());
        for (int i = 0; i < DATA_CENTERS.size(); i++) {
            String dataCenter = DATA_CENTERS.get(i);
            int httpPort = ports.get(DATA_CENTERS.size() + i);
            NodeUnderTest node = new NodeUnderTest(Files.createDirectory(directory.resolve(dataCenter)))
                    .with("--name", dataCenter + "-1", "--dc", dataCenter)
                    .with("--host", "127.0.0.1", "--port", Integer.toString(ports.get(i)))
                    .with("--http-port", Integer.toString(httpPort))
                    .with("--data", directory.resolve(dataCenter + "-data").toString())
                    .withEnvironment("ENTENTE_FAULT_INJECTION", "on")
                    .withEnvironment("ENTENTE_MEMBERS", "eu-1,us-1,ap-1");
            ports.subList(0, DATA_CENTERS.size()).forEach(seed -> node.with("--seed", "127.0.0.1:" + seed));
            nodes.put(dataCenter, node);
            http.put(dataCenter, new HttpNode(httpPort));
        }
        nodes.values().forEach(NodeUnderTest::start);
        nodes.values().forEach(node -> node.awaitReady(1));
    }

    private NodeUnderTest node(String dataCenter) {
        return Objects.requireNonNull(nodes.get(dataCenter));
    }

    private HttpNode at(String dataCenter) {
        return Objects.requireNonNull(http.get(dataCenter));
    }
}
