package io.entente.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories of clients over HTTP of three and of five processes that are killed, stopped and cut off, judged by the checkers that judge the simulation: whether
 * what clients were told of a single leader is linearizable, whether sessions keep their guarantees, and whether quorums meet.
 *
 * <p>The cluster goes on from history to history, under one leader and without any in turn; each history has keys of its own. {@code -Dcampaign.histories} says
 * how many, {@code -Dcampaign.seconds} how long faults last in each, and {@code -Dseed} what befalls whom; the clients' timing is their own. Beside the clients
 * that are promised something there are some that aren't, and take {@code read=local} for linearizable: that they are found out says that the campaign bites.
 */
@Tag("soak")
class CampaignIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int HISTORIES = Integer.getInteger("campaign.histories", 20);
    private static final int SECONDS = Integer.getInteger("campaign.seconds", 15);
    private static final List<String> FIVE = List.of("eu-1", "us-1", "ap-1", "eu-2", "us-2");
    private static final List<String> ACKNOWLEDGEMENTS = List.of("async", "async", "semi-sync 1", "chain");

    /** How many requests have to be answered once all is healed. */
    private static final int LAST = 100;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest(name = "{0} processes")
    @ValueSource(ints = {3, 5})
    void whatClientsAreToldHolds(int nodes) throws IOException {
        Map<String, String> environment = Map.of("ENTENTE_PARTITIONS", "2");
        try (ProcessCluster cluster = ProcessCluster.found(directory, FIVE.subList(0, nodes), environment)) {
            int caught = 0;
            for (int i = 0; i < HISTORIES; i++) {
                SplittableRandom chance = new SplittableRandom(seed + i);
                History history = new History(cluster, "h" + i, chance);
                System.out.println("history " + i + " of " + nodes + " processes, seed " + (seed + i) + ":");
                boolean caughtInThis = i % 2 == 0 ? history.led() : history.leaderless();
                caught += caughtInThis ? 1 : 0;
            }
            System.out.println(
                    HISTORIES + " histories of " + nodes + " processes hold; clients that took what was near for"
                            + " the latest were found out in " + caught);
            assertThat(caught)
                    .as("histories in which stale reads were found out")
                    .isPositive();
        }
    }

    /** One history over a cluster in calm. */
    private static final class History {

        private final ProcessCluster cluster;
        private final String name;
        private final SplittableRandom chance;
        private final SessionClients sessions;

        private History(ProcessCluster cluster, String name, SplittableRandom chance) {
            this.cluster = cluster;
            this.name = name;
            this.chance = chance;
            int copies = cluster.sites().size();
            int written = chance.nextInt(1, copies + 1);
            int read = copies + 1 - written;
            this.sessions = chance.nextBoolean()
                    ? new SessionClients(name, "quorum", "quorum", 2)
                    : new SessionClients(name, Integer.toString(written), Integer.toString(read), 2);
        }

        /** Under one leader; whether clients were found out that had no promise. */
        private boolean led() {
            String terms = ACKNOWLEDGEMENTS.get(chance.nextInt(ACKNOWLEDGEMENTS.size()));
            operate("{\"mode\": \"single-leader\", \"acknowledgement\": \"" + terms
                    + "\", \"failover\": \"automatic\"}");
            cluster.awaitMode("single-leader");
            cluster.awaitLeader();
            StrongClients strong = new StrongClients(name, "leader", 2).start(4, chance.split(), cluster.keys());
            StrongClients stale =
                    new StrongClients(name + "-stale", "local", 1).start(2, chance.split(), cluster.keys());
            sessions.start(3, chance.split(), cluster.keys());
            ProcessFaults struck = strike(true);
            awaitMore(strong, sessions);
            strong.stop();
            stale.stop();
            sessions.stop();
            List<String> faults = new ArrayList<>(strong.faults());
            judge(faults, struck, "single-leader " + terms + ", " + strong);
            return foundOut(!stale.faults().isEmpty());
        }

        /** Without a leader. */
        private boolean leaderless() {
            operate("{\"mode\": \"leaderless\"}");
            cluster.awaitMode("leaderless");
            SessionClients stale = new SessionClients(name + "-stale", "async", "1", 1);
            stale.start(2, chance.split(), cluster.keys());
            sessions.start(5, chance.split(), cluster.keys());
            ProcessFaults struck = strike(false);
            awaitMore(sessions);
            sessions.stop();
            stale.stop();
            judge(new ArrayList<>(stale.brokenSessions()), struck, "leaderless");
            return foundOut(!stale.missedWrites().isEmpty());
        }

        private void operate(String mode) {
            HttpNode node =
                    cluster.sites().get(chance.nextInt(cluster.sites().size())).http();
            await().atMost(PATIENCE).untilAsserted(() -> node.operate("/admin/mode", mode));
        }

        private static boolean foundOut(boolean is) {
            System.out.println(
                    "  clients that took what is near for the latest were " + (is ? "" : "not ") + "found out");
            return is;
        }

        private ProcessFaults strike(boolean movesLead) {
            ProcessFaults faults = new ProcessFaults(cluster, chance.split(), movesLead).start();
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            faults.stopAndHeal();
            return faults;
        }

        /** Once all is healed everybody is answered again. */
        private static void awaitMore(StrongClients strong, SessionClients sessions) {
            int goal = strong.done() + LAST;
            await().atMost(PATIENCE).until(() -> strong.done() >= goal);
            awaitMore(sessions);
        }

        private static void awaitMore(SessionClients sessions) {
            int goal = sessions.done() + LAST;
            await().atMost(PATIENCE).until(() -> sessions.done() >= goal);
        }

        private void judge(List<String> faults, ProcessFaults struck, String what) {
            cluster.keys().forEach(sessions::look);
            faults.addAll(sessions.brokenSessions());
            faults.addAll(sessions.missedWrites());
            System.out.println("  " + what + ", " + sessions + ", " + struck);
            assertThat(faults)
                    .as(() -> "what is wrong with what clients were told in " + name + ", where this happened:\n  "
                            + String.join("\n  ", struck.log()))
                    .isEmpty();
        }
    }
}
