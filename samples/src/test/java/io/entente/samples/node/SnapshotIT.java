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

/**
 * Real processes whose logs go after a second: both sides of a partition have truncated what the other one lacks, and a node has lost its
 * disk, while all write. In the middle of its snapshots it is killed, and so is a source of them. Everybody comes to have every acknowledged write, by snapshots.
 */
class SnapshotIT {

    private static final List<String> DATA_CENTERS = List.of("eu", "us", "ap", "sa");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PHASE = 60;

    /** Values that take a snapshot a while, in a map of their own. */
    private static final String LARGE = "large";

    private static final int LARGE_VALUES = 8;
    private static final int LARGE_BYTES = 1_000_000;

    @TempDir
    Path directory;

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
    void whoComesTooLateForTheLogJoinsASnapshot() throws IOException {
        found();
        separate();
        String large = "x".repeat(LARGE_BYTES);
        for (int i = 0; i < LARGE_VALUES; i++) {
            assertThat(site("eu").http.put(LARGE, "large-" + i, large)).isTrue();
        }
        loseDisk(site("sa"));
        sites.values().forEach(site -> site.writer.stop());
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Long> first = site("eu").http.vectors();
            sites.values().forEach(site -> assertThat(site.http.vectors()).isEqualTo(first));
        });
        check();
    }

    private void found() throws IOException {
        List<Integer> ports = FreePorts.take(2 * DATA_CENTERS.size());
        for (int i = 0; i < DATA_CENTERS.size(); i++) {
            String dataCenter = DATA_CENTERS.get(i);
            int httpPort = ports.get(DATA_CENTERS.size() + i);
            sites.put(dataCenter, new Site(dataCenter, ports.get(i), httpPort, ports.subList(0, DATA_CENTERS.size())));
        }
        sites.values().forEach(site -> site.node.start());
        sites.values().forEach(site -> site.node.awaitReady(1));
        sites.values().forEach(site -> site.writer.start());
    }

    /** Each side has what it wrote twice, so that it lets it go; then both meet. */
    private void separate() {
        link("cut");
        Map<String, Long> atFirst = site("eu").http.vectors();
        sites.values().forEach(site -> site.writer.awaitMore(PHASE));
        // Whose entry is older than a second goes; those of a second and more are written meanwhile.
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() - end < 0) {
            sites.values().forEach(site -> site.writer.awaitMore(1));
        }
        assertThat(site("eu").http.vectors()).isNotEqualTo(atFirst);
        link("up");
        for (String receiver : List.of("eu", "us", "ap", "sa")) {
            awaitSnapshot(site(receiver), 1);
        }
        sites.values().forEach(site -> site.writer.awaitMore(PHASE));
    }

    /** It writes nothing more, and all that it wrote is elsewhere, when it loses its disk. */
    private void loseDisk(Site victim) {
        victim.writer.stop();
        Map<String, Long> its = victim.http.vectors();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Long> theirs = site("eu").http.vectors();
            its.forEach((origin, sequence) ->
                    assertThat(theirs.getOrDefault(origin, 0L)).as(origin).isGreaterThanOrEqualTo(sequence));
        });
        victim.node.kill();
        NodeUnderTest.delete(victim.data);
        int before = victim.snapshots();
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() - end < 0) {
            site("eu").writer.awaitMore(1);
        }
        joinAllTheSame(victim);
        awaitSnapshot(victim, before + 1);
        victim.startNewWriter();
        victim.writer.awaitMore(PHASE);
    }

    /** While it fetches snapshots it is killed, then the node from which it fetches. It is so slow that both are in the middle of it. */
    private void joinAllTheSame(Site victim) {
        victim.node.withEnvironment("ENTENTE_SNAPSHOT_SHARE", "1").start();
        awaitFetching(victim);
        victim.node.kill();
        victim.node.start();
        Site source = site(awaitFetching(victim));
        source.node.kill();
        source.node.start();
        awaitFetching(victim);
        victim.node.kill();
        victim.node.withEnvironment("ENTENTE_SNAPSHOT_SHARE", "1000").start().awaitReady(2);
        source.node.awaitReady(2);
    }

    /** Waits until a part of a snapshot is there; the data center that it comes from. */
    private static String awaitFetching(Site site) {
        List<String> sources = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(site.http::fetchesFrom, found -> !found.isEmpty());
        return sources.get(0).replace("-1", "");
    }

    private void link(String state) {
        for (String left : List.of("eu", "us")) {
            for (String right : List.of("ap", "sa")) {
                for (String at : List.of(left, right)) {
                    site(at).http.link(left, right, state);
                    site(at).http.link(right, left, state);
                }
            }
        }
    }

    private static void awaitSnapshot(Site site, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(site.snapshots())
                        .as("snapshots merged at %s", site.dataCenter)
                        .isGreaterThanOrEqualTo(count));
    }

    private void check() {
        Map<String, String> contended = site("eu").http.entries(Ledger.CONTENDED);
        sites.forEach((dataCenter, site) -> {
            ledger.checkFacts(dataCenter, site.http.entries(Ledger.FACTS));
            ledger.checkContended(dataCenter, site.http.entries(Ledger.CONTENDED));
            assertThat(site.http.entries(Ledger.CONTENDED))
                    .as("contended keys at %s", dataCenter)
                    .isEqualTo(contended);
            assertThat(site.http.entries(LARGE).values())
                    .as("large values at %s", dataCenter)
                    .hasSize(LARGE_VALUES)
                    .allSatisfy(value -> assertThat(value).hasSize(LARGE_BYTES));
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
        private int writers = 1;

        private Site(String dataCenter, int port, int httpPort, List<Integer> ports) throws IOException {
            this.dataCenter = dataCenter;
            this.data = directory.resolve(dataCenter + "-data");
            List<String> members = new ArrayList<>();
            DATA_CENTERS.forEach(name -> members.add(name + "-1"));
            this.node = new NodeUnderTest(Files.createDirectory(directory.resolve(dataCenter)))
                    .with("--name", dataCenter + "-1", "--dc", dataCenter)
                    .with("--host", "127.0.0.1", "--port", Integer.toString(port))
                    .with("--http-port", Integer.toString(httpPort))
                    .with("--data", data.toString())
                    .withEnvironment("ENTENTE_FAULT_INJECTION", "on")
                    .withEnvironment("ENTENTE_RETENTION_AGE", "1 s")
                    .withEnvironment("ENTENTE_PARTITIONS", "4")
                    .withEnvironment("ENTENTE_MEMBERS", String.join(",", members));
            ports.forEach(seed -> node.with("--seed", "127.0.0.1:" + seed));
            this.http = new HttpNode(httpPort);
            this.writer = new Writer(dataCenter + "-1", http, ledger, port);
        }

        private void startNewWriter() {
            writers++;
            writer = new Writer(dataCenter + "-" + writers, http, ledger, writers).start();
        }

        /** How many its log says that it has merged. */
        private int snapshots() {
            return (int) node.errors()
                    .lines()
                    .filter(line -> line.contains("a snapshot of ") && line.contains(" is merged"))
                    .count();
        }
    }
}
