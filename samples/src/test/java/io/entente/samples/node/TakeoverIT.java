package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data center of three processes under load, of which the one that leads most is killed. What a quorum had is there without it; what only
 * it had is there when it is back.
 */
class TakeoverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int NODES = 3;

    /** How many acknowledged writes of each writer make a phase. */
    private static final int PHASE = 100;

    @TempDir
    Path directory;

    private final List<NodeUnderTest> nodes = new ArrayList<>();
    private final List<HttpNode> clients = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final Ledger quorum = new Ledger();
    private final Ledger async = new Ledger();

    @AfterEach
    void stop() {
        writers.forEach(Writer::stop);
        nodes.forEach(NodeUnderTest::stopAtLast);
    }

    @Test
    void noAcknowledgedWriteIsLostWhenTheLeaderDies() throws IOException {
        found();
        for (int i = 0; i < NODES; i++) {
            writers.add(new Writer("quorum-" + i, clients.get(i), quorum, i)
                    .with("local-quorum")
                    .start());
            writers.add(new Writer("async-" + i, clients.get(i), async, i).start());
        }
        writers.forEach(writer -> writer.awaitMore(PHASE));

        int victim = leaderWithMost();
        nodes.get(victim).kill();
        List<Writer> others = new ArrayList<>(writers);
        others.remove(2 * victim + 1);
        others.remove(2 * victim);
        awaitTakeover(victim);
        others.forEach(writer -> writer.awaitMore(PHASE));
        writers.forEach(Writer::stop);

        HttpNode survivor = clients.get((victim + 1) % NODES);
        awaitEqualVectors(survivor, clients.get((victim + 2) % NODES));
        assertThat(quorum.size()).isGreaterThan(PHASE);
        quorum.checkAcknowledged("a survivor", survivor.entries(Ledger.FACTS));

        nodes.get(victim).start().awaitReady(2);
        for (HttpNode other : clients) {
            awaitEqualVectors(clients.get(victim), other);
        }
        for (HttpNode node : clients) {
            quorum.checkAcknowledged("a node", node.entries(Ledger.FACTS));
            async.checkAcknowledged("a node", node.entries(Ledger.FACTS));
        }
    }

    private void found() throws IOException {
        List<Integer> ports = FreePorts.take(2 * NODES);
        for (int i = 0; i < NODES; i++) {
            String name = "eu-" + (i + 1);
            int httpPort = ports.get(NODES + i);
            NodeUnderTest node = new NodeUnderTest(Files.createDirectory(directory.resolve(name)))
                    .with("--name", name, "--dc", "eu")
                    .with("--host", "127.0.0.1", "--port", Integer.toString(ports.get(i)))
                    .with("--http-port", Integer.toString(httpPort))
                    .with("--data", directory.resolve(name + "-data").toString())
                    .withEnvironment("ENTENTE_MEMBERS", "eu/eu-1,eu/eu-2,eu/eu-3");
            ports.subList(0, NODES).forEach(port -> node.with("--seed", "127.0.0.1:" + port));
            nodes.add(node);
            clients.add(new HttpNode(httpPort));
        }
        nodes.forEach(NodeUnderTest::start);
        nodes.forEach(node -> node.awaitReady(1));
    }

    private int leaderWithMost() {
        Map<String, Integer> led = clients.get(0).led();
        int most = 0;
        for (int i = 1; i < NODES; i++) {
            most = ledBy(i, led) > ledBy(most, led) ? i : most;
        }
        assertThat(ledBy(most, led)).isPositive();
        return most;
    }

    private static int ledBy(int node, Map<String, Integer> led) {
        return led.getOrDefault("eu-" + (node + 1), 0);
    }

    private void awaitTakeover(int victim) {
        int survivor = (victim + 1) % NODES;
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Integer> led = clients.get(survivor).led();
            assertThat(led).containsEntry("eu-" + (victim + 1), 0);
            assertThat(led.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(8);
        });
    }

    private static void awaitEqualVectors(HttpNode one, HttpNode other) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(one.vectors()).isEqualTo(other.vectors()));
    }
}
