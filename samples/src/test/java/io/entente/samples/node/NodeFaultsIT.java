package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes under load, through everything that may happen to them: SIGKILL, a cut link, a lost disk, SIGTERM. What clients were told
 * is afterwards compared with what every node has.
 *
 * <p>The seed, which {@code -Dseed} sets, chooses what happens to whom.
 */
class NodeFaultsIT {

    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many acknowledged writes of each running node make a phase. */
    private static final int PHASE = 60;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final Map<String, Site> sites = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        sites.values().forEach(site -> {
            site.writer.stop();
            site.node.stopAtLast();
        });
    }

    @Test
    void everyAcknowledgedWriteIsThereEverywhereAfterwards() throws IOException {
        System.out.println("seed " + seed + " (-Dseed=" + seed + " chooses the same nodes)");
        found();
        List<Site> victims = new ArrayList<>(sites.values());
        Collections.shuffle(victims, random);
        Site crashing = victims.get(0);
        Site losing = victims.get(1);
        Site leaving = victims.get(2);

        makeProgress(victims);
        killAndRestart(crashing, List.of(losing, leaving));
        cutAndHeal(crashing, losing, victims);
        loseDiskAndRestart(losing, List.of(crashing, leaving));
        leaveAndRestart(leaving, List.of(crashing, losing));
        makeProgress(victims);

        victims.forEach(site -> site.writer.stop());
        awaitEqualVectors();
        check();
    }

    private void found() throws IOException {
        List<Integer> ports = FreePorts.take(2 * DATA_CENTERS.size());
        List<String> seeds = ports.subList(0, DATA_CENTERS.size()).stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
        for (int i = 0; i < DATA_CENTERS.size(); i++) {
            String dataCenter = DATA_CENTERS.get(i);
            int httpPort = ports.get(DATA_CENTERS.size() + i);
            sites.put(dataCenter, new Site(dataCenter, ports.get(i), httpPort, seeds));
        }
        sites.values().forEach(site -> site.node.start());
        sites.values().forEach(site -> site.node.awaitReady(1));
        sites.values().forEach(site -> site.writer.start());
    }

    private void killAndRestart(Site victim, List<Site> others) {
        victim.node.kill();
        makeProgress(others);
        victim.restart();
        victim.writer.awaitMore(PHASE);
    }

    private void cutAndHeal(Site one, Site other, List<Site> all) {
        link(one, other, "cut");
        makeProgress(all);
        link(one, other, "up");
        makeProgress(all);
    }

    /** What only the lost disk had would be lost with it: the node stops writing and is killed once the others have all of it. */
    private void loseDiskAndRestart(Site victim, List<Site> others) {
        victim.writer.stop();
        Map<String, Long> its = victim.http.vectors();
        for (Site other : others) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                Map<String, Long> theirs = other.http.vectors();
                its.forEach((origin, sequence) ->
                        assertThat(theirs.getOrDefault(origin, 0L)).as(origin).isGreaterThanOrEqualTo(sequence));
            });
        }
        victim.node.kill();
        NodeUnderTest.delete(victim.data);
        makeProgress(others);
        victim.restart();
        victim.startNewWriter();
        victim.writer.awaitMore(PHASE);
    }

    private void leaveAndRestart(Site victim, List<Site> others) {
        assertThat(victim.node.terminate()).as("exit code after SIGTERM").isEqualTo(143);
        makeProgress(others);
        assertThat(victim.logged())
                .as("what it says as it ends")
                .anyMatch(message -> message.endsWith("it takes no new requests, and finishes those under way"))
                .anyMatch(message -> message.endsWith("its store is closed, and the clean stop is recorded"));
        victim.restart();
        assertThat(victim.logged()).anyMatch(message -> message.contains("the clean stop recorded the head"));
        victim.writer.awaitMore(PHASE);
    }

    private static void makeProgress(List<Site> among) {
        among.forEach(site -> site.writer.awaitMore(PHASE));
    }

    private static void link(Site one, Site other, String state) {
        for (Site at : List.of(one, other)) {
            at.http.link(one.dataCenter, other.dataCenter, state);
            at.http.link(other.dataCenter, one.dataCenter, state);
        }
    }

    private void awaitEqualVectors() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Long> first = site("eu").http.vectors();
            assertThat(site("us").http.vectors()).isEqualTo(first);
            assertThat(site("ap").http.vectors()).isEqualTo(first);
        });
    }

    private void check() {
        assertThat(ledger.size()).isGreaterThan(10 * PHASE);
        Map<String, String> contended = site("eu").http.entries(Ledger.CONTENDED);
        sites.forEach((dataCenter, site) -> {
            ledger.checkFacts(dataCenter, site.http.entries(Ledger.FACTS));
            ledger.checkContended(dataCenter, site.http.entries(Ledger.CONTENDED));
            assertThat(site.http.entries(Ledger.CONTENDED))
                    .as("contended keys at %s", dataCenter)
                    .isEqualTo(contended);
        });
    }

    private Site site(String dataCenter) {
        return Objects.requireNonNull(sites.get(dataCenter));
    }

    /** A data center: its node, and the client that writes there. */
    private final class Site {
        private final String dataCenter;
        private final Path data;
        private final NodeUnderTest node;
        private final HttpNode http;
        private Writer writer;
        private int starts = 1;
        private int writers = 1;

        private Site(String dataCenter, int port, int httpPort, List<String> seeds) throws IOException {
            this.dataCenter = dataCenter;
            this.data = directory.resolve(dataCenter + "-data");
            this.node = new NodeUnderTest(Files.createDirectory(directory.resolve(dataCenter)))
                    .with("--name", dataCenter + "-1", "--dc", dataCenter)
                    .with("--host", "127.0.0.1", "--port", Integer.toString(port))
                    .with("--http-port", Integer.toString(httpPort))
                    .with("--data", data.toString())
                    .withEnvironment("ENTENTE_FAULT_INJECTION", "on")
                    .withEnvironment("ENTENTE_LOG", "json")
                    .withEnvironment("ENTENTE_MEMBERS", "eu-1,us-1,ap-1");
            seeds.forEach(seed -> node.with("--seed", seed));
            this.http = new HttpNode(httpPort);
            this.writer = newWriter();
        }

        private Writer newWriter() {
            return new Writer(dataCenter + "-" + writers, http, ledger, random.nextLong());
        }

        private void startNewWriter() {
            writers++;
            writer = newWriter().start();
        }

        /** The messages of its log, each line of which is an object of JSON that says whose it is. */
        private List<String> logged() {
            return node.errors().lines().map(this::message).toList();
        }

        private String message(String line) {
            try {
                JsonNode event = JSON.readTree(line);
                assertThat(event.path("context").path("properties").path("node").asText())
                        .as(line)
                        .isEqualTo(dataCenter + "-1");
                assertThat(event.path("level").asText()).as(line).isNotEmpty();
                return event.path("formattedMessage").asText();
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + line, e);
            }
        }

        private void restart() {
            starts++;
            node.start().awaitReady(starts);
        }
    }
}
