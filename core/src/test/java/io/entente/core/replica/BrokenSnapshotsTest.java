package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.RequestId;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A snapshot is broken off at every step, from the first request to the last record merged, while all nodes go on writing. Whatever
 * breaks, everybody comes to have every write.
 */
class BrokenSnapshotsTest {

    private static final Duration STEP = Duration.ofMillis(60);
    private static final int MOST_STEPS = 200;
    private static final int MOST_SECONDS = 90;

    private static final Limits SMALL = small();

    /** What breaks. */
    enum Fault {
        RECEIVER_STARTS_AGAIN,
        SOURCE_STARTS_AGAIN,
        BOTH_START_AGAIN,
        SOURCE_IS_GONE_FOR_GOOD,
        LINK_IS_CUT,
        RECEIVER_IS_WIPED
    }

    @ParameterizedTest
    @EnumSource
    void everybodyComesToHaveEverything(Fault fault) {
        int step = 0;
        while (joinWith(fault, step)) {
            step++;
        }
        assertThat(step).as("steps at which it was broken").isBetween(10, MOST_STEPS);
    }

    /** Says whether the snapshot was still under way when it was broken. */
    private static boolean joinWith(Fault fault, int steps) {
        Run run = new Run();
        run.separate();
        run.cluster.heal();
        boolean joins = false;
        for (int i = 0; i < steps; i++) {
            run.write();
            run.cluster.run(STEP);
            boolean joined = joins;
            joins = run.cluster.status("ap").joins().isPresent();
            if (joined && !joins) {
                return false;
            }
        }
        run.strike(fault);
        for (int i = 0; i < 7; i++) {
            run.write();
            run.cluster.run(STEP);
        }
        run.cluster.heal();
        for (int seconds = 0; seconds < MOST_SECONDS && !run.isOver(); seconds++) {
            run.cluster.run(Duration.ofSeconds(1));
        }
        run.requireEverything(fault + " at step " + steps);
        return true;
    }

    private static Limits small() {
        Limits defaults = Limits.defaults();
        return new Limits(
                1_000,
                300,
                defaults.tailBytes(),
                defaults.earlyBytes(),
                defaults.cacheBytes(),
                defaults.waitingRequests(),
                defaults.siblings(),
                defaults.purgesPerTick(),
                defaults.journal(),
                2,
                new Retention(Duration.ofMillis(200), 1 << 20, Duration.ofMillis(50)));
    }

    /** One cluster, and what was written to it. */
    private static final class Run {

        private final ScriptedCluster cluster = ScriptedCluster.running(SMALL, "eu", "us", "ap");
        private final Map<String, RequestId> written = new LinkedHashMap<>();
        private final Map<String, String> writers = new LinkedHashMap<>();

        /** Both sides write, and truncate what they can. */
        private void separate() {
            cluster.cut("ap", "eu");
            cluster.cut("ap", "us");
            for (int i = 0; i < 10; i++) {
                write();
                cluster.run(Duration.ofMillis(100));
            }
            cluster.put("eu", "large", "x".repeat(2_000));
            cluster.delete("us", "k1");
            cluster.run(Duration.ofSeconds(2));
        }

        /** Each that runs writes a key of its own, which nobody replaces. */
        private void write() {
            for (String node : List.of("eu", "us", "ap")) {
                if (cluster.isUp(node)) {
                    String key = node + written.size();
                    written.put(key, cluster.put(node, key, "v"));
                    writers.put(key, node);
                    cluster.put(node, "k" + written.size() % 3, "by " + node);
                }
            }
        }

        private void strike(Fault fault) {
            switch (fault) {
                case RECEIVER_STARTS_AGAIN -> startAgain("ap");
                case SOURCE_STARTS_AGAIN -> startAgain("eu");
                case BOTH_START_AGAIN -> {
                    startAgain("eu");
                    startAgain("ap");
                }
                case SOURCE_IS_GONE_FOR_GOOD -> {
                    // What it wrote last has reached the third node, or is lost with it.
                    cluster.run(Duration.ofMillis(30));
                    cluster.kill("eu");
                }
                case LINK_IS_CUT -> {
                    cluster.cut("ap", "eu");
                    cluster.cut("ap", "us");
                }
                case RECEIVER_IS_WIPED -> {
                    cluster.wipe("ap");
                    writers.values().removeIf("ap"::equals);
                    cluster.start("ap", Standing.NEW);
                }
            }
        }

        private void startAgain(String node) {
            cluster.kill(node);
            cluster.start(node, Standing.INTACT);
        }

        private boolean isOver() {
            return List.of("eu", "us", "ap").stream()
                    .filter(cluster::isUp)
                    .map(cluster::status)
                    .allMatch(status -> status.joins().isEmpty()
                            && status.waitsFor().isEmpty()
                            && status.applied().equals(cluster.status("us").applied()));
        }

        private void requireEverything(String when) {
            List<String> up =
                    List.of("eu", "us", "ap").stream().filter(cluster::isUp).toList();
            for (String node : up) {
                assertThat(cluster.status(node).applied())
                        .as("%s, at %s", when, node)
                        .isEqualTo(cluster.status("us").applied());
                assertThat(rows(node, Table.RECORD)).as("%s, at %s", when, node).isEqualTo(rows("us", Table.RECORD));
                assertThat(rows(node, Table.STAGING))
                        .as("%s, at %s", when, node)
                        .isEmpty();
                writers.forEach((key, writer) -> {
                    if (cluster.answer(java.util.Objects.requireNonNull(written.get(key)))
                            instanceof io.entente.core.effect.Reply.Written) {
                        assertThat(cluster.read(node, key))
                                .as("%s, %s at %s", when, key, node)
                                .containsExactly("v");
                    }
                });
            }
            assertThat(cluster.alarms()).as(when).isEmpty();
        }

        private Map<Bytes, Bytes> rows(String node, Table table) {
            Map<Bytes, Bytes> rows = new LinkedHashMap<>();
            StoreKeys keys = new StoreKeys(0);
            try (Scan scan = cluster.disk(node).scan(table, keys.first(), keys.last())) {
                while (scan.advance()) {
                    rows.put(scan.key(), scan.value());
                }
            }
            return rows;
        }
    }
}
