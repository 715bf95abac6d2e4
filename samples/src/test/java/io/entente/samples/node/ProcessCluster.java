package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Nodes that form one cluster, each a process of its own, all of them members and with faults of links allowed. */
final class ProcessCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<Site> sites = new ArrayList<>();

    /** A node: its process, and how it is asked. */
    static final class Site {

        private final String name;
        private final NodeUnderTest process;
        private final HttpNode http;
        private final KeyClient keys;
        private boolean paused;

        private Site(String name, NodeUnderTest process, int httpPort) {
            this.name = name;
            this.process = process;
            this.http = new HttpNode(httpPort);
            this.keys = new KeyClient(httpPort);
        }

        String name() {
            return name;
        }

        String dataCenter() {
            return name.substring(0, name.indexOf('-'));
        }

        HttpNode http() {
            return http;
        }

        KeyClient keys() {
            return keys;
        }

        private boolean isAt(String from, String to) {
            return dataCenter().equals(from) || dataCenter().equals(to);
        }

        boolean isRunning() {
            return process.isAlive() && !paused;
        }

        void kill() {
            paused = false;
            process.kill();
        }

        void start() {
            process.start();
        }

        void pause() {
            paused = true;
            process.pause();
        }

        void goOn() {
            if (paused && process.isAlive()) {
                process.goOn();
            }
            paused = false;
        }

        private boolean isReady() {
            try {
                return isRunning() && http.health("ready").well();
            } catch (UncheckedIOException notYet) {
                return false;
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Founds a cluster; waits until all its nodes are ready.
     *
     * @param names such as {@code eu-1}: the data center before the hyphen
     */
    static ProcessCluster found(Path directory, List<String> names, Map<String, String> environment)
            throws IOException {
        ProcessCluster cluster = new ProcessCluster();
        List<Integer> ports = FreePorts.take(2 * names.size());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int httpPort = ports.get(names.size() + i);
            NodeUnderTest process = new NodeUnderTest(Files.createDirectory(directory.resolve(name)))
                    .with("--name", name, "--dc", name.substring(0, name.indexOf('-')))
                    .with("--host", "127.0.0.1", "--port", Integer.toString(ports.get(i)))
                    .with("--http-port", Integer.toString(httpPort))
                    .with("--data", directory.resolve(name + "-data").toString())
                    .withEnvironment("ENTENTE_FAULT_INJECTION", "on")
                    .withEnvironment("ENTENTE_MEMBERS", String.join(",", names));
            environment.forEach(process::withEnvironment);
            ports.subList(0, names.size()).forEach(port -> process.with("--seed", "127.0.0.1:" + port));
            cluster.sites.add(new Site(name, process, httpPort));
        }
        cluster.sites.forEach(Site::start);
        cluster.awaitReady();
        return cluster;
    }

    List<Site> sites() {
        return sites;
    }

    List<KeyClient> keys() {
        return sites.stream().map(Site::keys).toList();
    }

    List<String> dataCenters() {
        return sites.stream().map(Site::dataCenter).distinct().toList();
    }

    /** Cuts or mends a link in one direction, as far as nodes run that know how to, and answer. */
    void link(String from, String to, String state) {
        for (Site site : sites) {
            if (site.isReady() && site.isAt(from, to)) {
                try {
                    site.http.link(from, to, state);
                } catch (UncheckedIOException unanswered) {
                    // Cut on one side is cut; what isn't mended here is mended in the end.
                }
            }
        }
    }

    /** Mends all links, at all nodes. */
    void mend() {
        for (Site site : sites) {
            for (String from : dataCenters()) {
                for (String to : dataCenters()) {
                    if (!from.equals(to) && site.isAt(from, to)) {
                        await().atMost(PATIENCE)
                                .ignoreException(UncheckedIOException.class)
                                .untilAsserted(() -> site.http.link(from, to, "up"));
                    }
                }
            }
        }
    }

    /** Who leads, as the first node that is ready knows; nobody where none is, none leads, or none answers. */
    Set<String> leadersSeen() {
        Set<String> leaders = new TreeSet<>();
        try {
            sites.stream().filter(Site::isReady).findFirst().ifPresent(site -> leaders.addAll(site.http.leaders()));
        } catch (UncheckedIOException unanswered) {
            return Set.of();
        }
        leaders.remove("");
        return leaders;
    }

    /** Waits until all nodes are ready. */
    void awaitReady() {
        for (Site site : sites) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(site.process.isAlive())
                        .as(() -> site + " runs:\n" + site.process.errors())
                        .isTrue();
                assertThat(site.isReady()).as("%s is ready", site).isTrue();
            });
        }
    }

    /** Waits until all nodes see the same leader, or leaders, of all partitions. */
    void awaitLeader() {
        for (Site site : sites) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                Set<String> seen = site.http.leaders();
                assertThat(seen).isNotEmpty().doesNotContain("");
                assertThat(sites.get(0).http.leaders()).isEqualTo(seen);
            });
        }
    }

    /** Waits until all nodes are in that mode. */
    void awaitMode(String mode) {
        for (Site site : sites) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(site.http.mode()).isEqualTo(mode));
        }
    }

    @Override
    public void close() {
        sites.forEach(site -> site.process.stopAtLast());
    }
}
