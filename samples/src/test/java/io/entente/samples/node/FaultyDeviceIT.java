package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes under load; the device of one is full, then it fails. What clients were told is compared with what both have. */
class FaultyDeviceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** How many acknowledged writes of each running node make a phase. */
    private static final int PHASE = 60;

    @TempDir
    Path directory;

    private final Ledger ledger = new Ledger();
    private final Map<String, NodeUnderTest> nodes = new LinkedHashMap<>();
    private final Map<String, HttpNode> http = new LinkedHashMap<>();
    private final List<Writer> writers = new ArrayList<>();

    @AfterEach
    void stop() {
        writers.forEach(Writer::stop);
        nodes.values().forEach(NodeUnderTest::stopAtLast);
    }

    @Test
    void aDeviceThatIsFullAndThenFailsTakesNothingThatWasAcknowledged() throws IOException {
        FaultyDevice device = FaultyDevice.compiledIn(directory);
        found(device);
        Writer there = writerAt("eu");
        Writer elsewhere = writerAt("us");

        device.full();
        awaitRefusal("eu", "disk-full");
        assertThat(http("eu").health("live").well()).isTrue();
        assertThat(http("eu").health("ready").said()).contains("disk of node eu-1 is full", "make room");
        elsewhere.awaitMore(PHASE);
        device.sound();
        there.awaitMore(PHASE);

        device.broken();
        awaitRefusal("eu", "store-failed");
        HttpNode.Health health = http("eu").health("live");
        assertThat(health.well()).isFalse();
        assertThat(health.said()).contains("the store has failed", "Input/output error", "restart the node");
        elsewhere.awaitMore(PHASE);
        assertThat(http("eu").entries(Ledger.FACTS)).as("reads go on").isNotEmpty();
        assertThat(node("eu").terminate()).as("exit code after SIGTERM").isEqualTo(143);
        device.sound();
        node("eu").start().awaitReady(2);
        there.awaitMore(PHASE);
        elsewhere.awaitMore(PHASE);
        check();
    }

    private void found(FaultyDevice device) throws IOException {
        List<Integer> ports = FreePorts.take(4);
        prepare("eu", ports.get(0), ports.get(2), ports);
        device.under(node("eu"), directory.resolve("eu-data"));
        prepare("us", ports.get(1), ports.get(3), ports);
        nodes.values().forEach(NodeUnderTest::start);
        nodes.values().forEach(node -> node.awaitReady(1));
    }

    private void prepare(String dataCenter, int port, int httpPort, List<Integer> ports) throws IOException {
        nodes.put(
                dataCenter,
                new NodeUnderTest(Files.createDirectory(directory.resolve(dataCenter)))
                        .with("--name", dataCenter + "-1", "--dc", dataCenter)
                        .with("--host", "127.0.0.1", "--port", Integer.toString(port))
                        .with("--http-port", Integer.toString(httpPort))
                        .with("--data", directory.resolve(dataCenter + "-data").toString())
                        .with("--seed", "127.0.0.1:" + ports.get(0), "--seed", "127.0.0.1:" + ports.get(1)));
        http.put(dataCenter, new HttpNode(httpPort));
    }

    private Writer writerAt(String dataCenter) {
        Writer writer = new Writer(dataCenter, http(dataCenter), ledger, 1).start();
        writers.add(writer);
        writer.awaitMore(PHASE);
        return writer;
    }

    private void awaitRefusal(String dataCenter, String code) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(http(dataCenter).refusal("refused", "never")).isEqualTo(code));
    }

    private void check() {
        writers.forEach(Writer::stop);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(http("us").vectors()).isEqualTo(http("eu").vectors()));
        assertThat(ledger.size()).isGreaterThan(4 * PHASE);
        http.forEach((dataCenter, node) -> {
            ledger.checkFacts(dataCenter, node.entries(Ledger.FACTS));
            ledger.checkContended(dataCenter, node.entries(Ledger.CONTENDED));
        });
        assertThat(http("us").entries(Ledger.CONTENDED)).isEqualTo(http("eu").entries(Ledger.CONTENDED));
    }

    private NodeUnderTest node(String dataCenter) {
        return Objects.requireNonNull(nodes.get(dataCenter));
    }

    private HttpNode http(String dataCenter) {
        return Objects.requireNonNull(http.get(dataCenter));
    }
}
