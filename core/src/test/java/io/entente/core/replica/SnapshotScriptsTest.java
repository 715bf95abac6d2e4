package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.CausalContext;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.message.SnapshotRow;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a replica whose source has truncated its log comes to have everything, as scripts. */
class SnapshotScriptsTest {

    /** What peers' messages may be at most where they travel. */
    private static final int FRAMES_BYTES = 24 << 20;

    private static final Retention SHORT = new Retention(Duration.ofMillis(400), 1 << 30, Duration.ofMillis(100));

    private int largestMessage;

    @Test
    void aRecordLargerThanAnyMessageIsSentInParts() {
        ScriptedCluster cluster = ScriptedCluster.running(bounds(Limits.defaults(), SHORT), "eu", "us", "ap");
        cluster.kill("ap");
        for (int i = 0; i < 28; i++) {
            String value = Character.toString('a' + i % 26).repeat(1 << 20);
            cluster.put("eu", "large", value, WriteCondition.seen(CausalContext.empty()));
        }
        cluster.put("eu", "small", "behind it");
        cluster.run(seconds(3));
        cluster.intercept(this::measured);
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(20));
        assertThat(cluster.siblings("ap", "large")).isEqualTo(cluster.siblings("eu", "large"));
        assertThat(cluster.siblings("ap", "large").size()).isEqualTo(28);
        assertThat(cluster.read("ap", "small")).containsExactly("behind it");
        assertThat(cluster.alarms()).isEmpty();
        assertThat(largestMessage)
                .as("the largest message")
                .isBetween(50_000, 3 * Limits.defaults().messageBytes())
                .isLessThan(FRAMES_BYTES);
    }

    @Test
    void aRecordInPartsIsNotBegunAnewWhenItIsBrokenOff() {
        ScriptedCluster cluster = joining(300_000);
        cluster.start("ap", Standing.INTACT);
        cluster.run(Duration.ofMillis(900));
        long before = bytesOf(cluster);
        assertThat(before).isPositive();
        cluster.cut("eu", "ap");
        cluster.cut("us", "ap");
        cluster.run(seconds(4));
        cluster.heal();
        cluster.run(Duration.ofMillis(300));
        assertThat(bytesOf(cluster)).isGreaterThanOrEqualTo(before);
        cluster.run(seconds(40));
        requireEqual(cluster);
        assertThat(snapshotsBegun(cluster)).isEqualTo(1);
    }

    @Test
    void whatFollowsASnapshotStaysInTheLogUntilItsReceiverHasIt() {
        ScriptedCluster cluster = joining(3_000);
        cluster.start("ap", Standing.INTACT);
        for (int i = 0; i < 60; i++) {
            cluster.put(i % 2 == 0 ? "eu" : "us", "meanwhile-" + i, "v");
            cluster.run(Duration.ofMillis(100));
        }
        cluster.run(seconds(20));
        requireEqual(cluster);
        assertThat(cluster.read("ap", "meanwhile-0")).containsExactly("v");
        assertThat(snapshotsBegun(cluster)).isEqualTo(1);
    }

    @Test
    void whoMergesForLongIsWaitedForAsLongAsItComesOn() {
        ScriptedCluster cluster = joining(3_000);
        for (int i = 0; i < 300; i++) {
            cluster.put("eu", "more-" + i, "v");
        }
        cluster.run(seconds(3));
        cluster.start("ap", Standing.INTACT);
        while (!isMerging(cluster)) {
            cluster.run(Duration.ofMillis(10));
        }
        cluster.spareTimeEvery(seconds(1));
        for (int i = 0; i < 120; i++) {
            cluster.put(i % 2 == 0 ? "eu" : "us", "meanwhile-" + i, "v");
            cluster.run(seconds(1));
        }
        assertThat(isMerging(cluster)).as("still, after two minutes").isTrue();
        cluster.spareTimeEvery(Duration.ofMillis(10));
        cluster.run(seconds(20));
        requireEqual(cluster);
        assertThat(cluster.read("ap", "meanwhile-0")).containsExactly("v");
        assertThat(snapshotsBegun(cluster)).isEqualTo(1);
    }

    @Test
    void whoMergesForLongThroughWhatItAloneHasIsWaitedForTheSame() {
        ScriptedCluster cluster = ScriptedCluster.running(inSmallSteps(), "eu", "us", "ap");
        cluster.intercept((link, message) -> link.startsWith("ap>") && message instanceof Entries entries
                ? new Entries(entries.id(), List.of())
                : message);
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        for (int i = 0; i < 300; i++) {
            cluster.put("ap", "own-" + i, "v");
        }
        fill(cluster, 500);
        cluster.heal();
        // What the snapshot has comes first.
        for (int turn = 0; turn < 2_000 && !(isMerging(cluster) && mergedPercent(cluster) >= 95); turn++) {
            cluster.run(Duration.ofMillis(10));
        }
        cluster.intercept((link, message) -> message);
        cluster.spareTimeEvery(seconds(1));
        for (int i = 0; i < 60; i++) {
            cluster.put(i % 2 == 0 ? "eu" : "us", "meanwhile-" + i, "v");
            cluster.run(seconds(1));
        }
        assertThat(isMerging(cluster)).as("still, after minutes").isTrue();
        cluster.spareTimeEvery(Duration.ofMillis(10));
        cluster.run(seconds(20));
        requireEqual(cluster);
        assertThat(snapshotsBegun(cluster)).isEqualTo(1);
    }

    @Test
    void whoseSourceIsSilentForGoodAndWhoHearsNobodyElseWithMoreWaitsNoLonger() {
        ScriptedCluster cluster = joining(30_000);
        cluster.kill("us");
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(1));
        assertThat(bytesOf(cluster)).isPositive();
        cluster.kill("eu");
        cluster.run(seconds(30));
        assertThat(cluster.status("ap").joins()).isEmpty();
        assertThat(rows(cluster, "ap", Table.STAGING)).isEmpty();
        cluster.kill("ap");
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(1));
        assertThat(cluster.status("ap").joins()).as("by the next start").isEmpty();
        cluster.start("us", Standing.INTACT);
        cluster.start("eu", Standing.INTACT);
        cluster.run(seconds(30));
        requireEqual(cluster);
    }

    @Test
    void whoJoinsASnapshotSaysThatItIsBehindUntilItIsMerged() {
        ScriptedCluster cluster = joining(3_000);
        cluster.start("ap", Standing.INTACT);
        boolean joined = false;
        for (int turn = 0; turn < 2_000; turn++) {
            cluster.run(Duration.ofMillis(10));
            boolean joins = cluster.status("ap").joins().isPresent();
            joined |= joins;
            assertThat(joins && cluster.saysItHasCaughtUp("ap"))
                    .as("caught up while it joins, at turn %d", turn)
                    .isFalse();
        }
        assertThat(joined).isTrue();
        assertThat(cluster.saysItHasCaughtUp("ap")).isTrue();
    }

    @Test
    void whoStartsSaysThatItIsBehindUntilItHasWhatTheOthersOfItsDataCenterHad() {
        ScriptedCluster cluster = ScriptedCluster.running("us-1", "us-2");
        assertThat(cluster.saysItHasCaughtUp("us-2")).isTrue();
        cluster.kill("us-2");
        for (int i = 0; i < 200; i++) {
            cluster.put("us-1", "k" + i, "x".repeat(20_000));
        }
        cluster.start("us-2", Standing.INTACT);
        untilItSaysItHasCaughtUp(cluster, "us-2");
        assertThat(cluster.read("us-2", "k199")).hasSize(1);
    }

    @Test
    void whoWasAloneAndHearsAnotherOfItsDataCenterWithMoreSaysSo() {
        ScriptedCluster cluster = ScriptedCluster.running("us-1", "us-2");
        cluster.kill("us-2");
        for (int i = 0; i < 200; i++) {
            cluster.put("us-1", "k" + i, "x".repeat(20_000));
        }
        cluster.cut("us-1", "us-2");
        cluster.start("us-2", Standing.INTACT);
        cluster.run(seconds(5));
        assertThat(cluster.saysItHasCaughtUp("us-2")).as("who hears nobody").isTrue();
        cluster.heal();
        for (int turn = 0; turn < 3_000 && cluster.saysItHasCaughtUp("us-2"); turn++) {
            cluster.run(Duration.ofMillis(10));
        }
        assertThat(cluster.read("us-2", "k199")).isEmpty();
        untilItSaysItHasCaughtUp(cluster, "us-2");
        assertThat(cluster.read("us-2", "k199")).hasSize(1);
    }

    @Test
    void whoStandsStillHoldsTheLogForNoLongerThanSomeTime() {
        ScriptedCluster cluster = joining(3_000);
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(1));
        assertThat(cluster.status("ap").joins()).isPresent();
        cluster.kill("ap");
        cluster.put("eu", "later", "v");
        cluster.run(seconds(20));
        assertThat(entriesInLog(cluster, "eu")).as("held for the receiver").isPositive();
        cluster.run(seconds(60));
        assertThat(entriesInLog(cluster, "eu")).as("held for nobody").isZero();
    }

    @Test
    void aLogKeepsNoMoreBytesThanItsRetentionSays() {
        long most = 200 << 10;
        Retention retention = new Retention(Duration.ofDays(1), most, Duration.ofMillis(100));
        ScriptedCluster cluster = ScriptedCluster.running(bounds(Limits.defaults(), retention), "eu", "us", "ap");
        cluster.kill("ap");
        for (int i = 0; i < 400; i++) {
            // Large ones, then small ones: what is usual is no measure.
            cluster.put(i % 3 == 0 ? "us" : "eu", "k" + i, "x".repeat(i < 200 ? 5_000 : 50));
            if (i % 10 == 0) {
                cluster.run(Duration.ofMillis(200));
                assertThat(logBytes(cluster, "eu")).isBetween(Math.min(most / 2, i * 2_000L), most + 60_000);
            }
            if (i == 150) {
                cluster.kill("eu");
                cluster.start("eu", Standing.INTACT);
                cluster.run(seconds(3));
            }
        }
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(10));
        requireEqual(cluster);
    }

    @Test
    void anOwnEntryThatNobodyHasStaysWhateverItsAgeAndSize() {
        Retention none = new Retention(Duration.ZERO, 1, Duration.ofMillis(100));
        ScriptedCluster cluster = ScriptedCluster.running(bounds(Limits.defaults(), none), "eu", "us");
        cluster.cut("eu", "us");
        for (int i = 0; i < 50; i++) {
            cluster.put("eu", "k" + i, "of eu");
            cluster.put("us", "k" + i, "of us");
            cluster.run(Duration.ofMillis(100));
        }
        assertThat(entriesInLog(cluster, "eu")).isEqualTo(50);
        cluster.heal();
        cluster.run(seconds(10));
        requireEqual(cluster);
        assertThat(cluster.read("us", "k0")).containsExactlyInAnyOrder("of eu", "of us");
        assertThat(cluster.transcript()).noneMatch(line -> line.contains("snapshot"));
        assertThat(entriesInLog(cluster, "eu")).isZero();
    }

    @Test
    void bothSidesOfALongPartitionHaveTruncatedAndComeTogether() {
        ScriptedCluster cluster = ScriptedCluster.running(bounds(Limits.defaults(), SHORT), "eu", "us", "ap", "sa");
        for (String left : List.of("eu", "us")) {
            cluster.cut(left, "ap");
            cluster.cut(left, "sa");
        }
        cluster.put("eu", "both", "left");
        cluster.put("ap", "both", "right");
        for (int i = 0; i < 30; i++) {
            cluster.put(i % 2 == 0 ? "eu" : "us", "left-" + i, "v");
            cluster.put(i % 2 == 0 ? "ap" : "sa", "right-" + i, "v");
            cluster.run(Duration.ofMillis(100));
        }
        cluster.run(seconds(3));
        assertThat(entriesInLog(cluster, "eu")).isZero();
        assertThat(entriesInLog(cluster, "sa")).isZero();
        cluster.heal();
        cluster.run(seconds(20));
        requireEqual(cluster);
        for (String node : List.of("eu", "us", "ap", "sa")) {
            assertThat(cluster.read(node, "both")).containsExactlyInAnyOrder("left", "right");
            assertThat(cluster.read(node, "left-0")).containsExactly("v");
            assertThat(cluster.read(node, "right-29")).containsExactly("v");
        }
        assertThat(cluster.alarms()).isEmpty();
    }

    @Test
    void aRowThatCantBeReadIsAskedForAgainAndNeverStaged() {
        ScriptedCluster cluster = joining(500);
        int[] spoilt = {0};
        cluster.intercept((link, message) -> message instanceof SnapshotChunk chunk && spoilt[0] < 3 && !chunk.last()
                ? spoiled(chunk, spoilt[0]++)
                : message);
        cluster.start("ap", Standing.INTACT);
        cluster.run(seconds(30));
        assertThat(spoilt[0]).isEqualTo(3);
        assertThat(cluster.notices())
                .filteredOn(notice -> notice.contains("asks for it again"))
                .isNotEmpty();
        assertThat(cluster.alarms()).isEmpty();
        requireEqual(cluster);
    }

    @Test
    void progressRisesToTheEndAndTellsHowLongItTakes() {
        ScriptedCluster cluster = joining(3_000);
        cluster.start("ap", Standing.INTACT);
        List<SnapshotProgress> seen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            cluster.run(Duration.ofMillis(10));
            cluster.status("ap").joins().ifPresent(seen::add);
        }
        requireEqual(cluster);
        assertThat(cluster.status("ap").joins()).isEmpty();
        assertThat(seen).hasSizeGreaterThan(20);
        assertThat(seen.stream().map(SnapshotProgress::percent).toList()).isSorted();
        assertThat(seen).allSatisfy(progress -> {
            assertThat(progress.percent()).isBetween(0, 99);
            assertThat(progress.bytes()).isLessThanOrEqualTo(progress.totalBytes());
        });
        assertThat(seen).anySatisfy(progress -> assertThat(progress.percent()).isBetween(10, 45));
        assertThat(seen).anySatisfy(progress -> assertThat(progress.left()).isPresent());
        assertThat(seen)
                .anySatisfy(progress ->
                        assertThat(progress).asString().contains("fetches a snapshot from eu/eu-1", " % (", " MiB"));
        assertThat(seen).anySatisfy(progress -> assertThat(progress.source()).isEmpty());
    }

    @Test
    void aStreamThatStoppedGoesOnBehindTheSnapshot() {
        ScriptedCluster cluster = ScriptedCluster.running(bounds(Limits.defaults(), SHORT), "eu", "us", "ap");
        cluster.intercept((link, message) -> link.endsWith(">ap") ? unknown(message) : message);
        cluster.delete("eu", "stopped");
        cluster.run(seconds(1));
        assertThat(cluster.status("ap").stopped()).hasSize(1);
        cluster.intercept((link, message) -> message);
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        cluster.put("eu", "after", "v");
        cluster.put("us", "other", "v");
        cluster.run(seconds(5));
        cluster.heal();
        cluster.run(seconds(10));
        assertThat(cluster.status("ap").stopped()).isEmpty();
        cluster.put("eu", "and", "on");
        cluster.run(seconds(2));
        assertThat(cluster.read("ap", "and")).containsExactly("on");
    }

    /** Three nodes with keys, of which {@code ap} is down, and the others' logs don't reach back to it. */
    private static ScriptedCluster joining(int valueBytes) {
        ScriptedCluster cluster = ScriptedCluster.running(inSmallSteps(), "eu", "us", "ap");
        cluster.kill("ap");
        fill(cluster, valueBytes);
        return cluster;
    }

    /** The two that are together write, and truncate all of it. */
    private static void fill(ScriptedCluster cluster, int valueBytes) {
        for (int i = 0; i < 40; i++) {
            cluster.put("eu", "k" + i, "x".repeat(i == 20 ? valueBytes : 500));
            cluster.put("us", "l" + i, "y".repeat(500));
        }
        cluster.run(seconds(10));
        assertThat(entriesInLog(cluster, "eu")).isZero();
    }

    private static Limits inSmallSteps() {
        Limits defaults = Limits.defaults();
        return new Limits(
                2_000,
                500,
                defaults.tailBytes(),
                defaults.earlyBytes(),
                defaults.cacheBytes(),
                defaults.waitingRequests(),
                defaults.siblings(),
                defaults.purgesPerTick(),
                defaults.journal(),
                2,
                SHORT);
    }

    private static Limits bounds(Limits limits, Retention retention) {
        return new Limits(
                limits.creditBytes(),
                limits.messageBytes(),
                limits.tailBytes(),
                limits.earlyBytes(),
                limits.cacheBytes(),
                limits.waitingRequests(),
                limits.siblings(),
                limits.purgesPerTick(),
                limits.journal(),
                limits.mergesPerStep(),
                retention);
    }

    private PeerMessage measured(String link, PeerMessage message) {
        if (link.endsWith(">ap")) {
            largestMessage =
                    Math.max(largestMessage, PeerMessageCodec.encode(message).length());
        }
        return message;
    }

    private static SnapshotChunk spoiled(SnapshotChunk chunk, int how) {
        List<SnapshotRow> rows = new ArrayList<>(chunk.rows());
        SnapshotRow last = rows.remove(rows.size() - 1);
        rows.add(
                switch (how) {
                    case 0 -> new SnapshotRow(last.place(), Bytes.empty());
                    case 1 -> new SnapshotRow(last.place(), Bytes.of((byte) 1, (byte) 2, (byte) 3));
                    default -> new SnapshotRow(Bytes.of((byte) 0, (byte) 'x'), last.value());
                });
        return new SnapshotChunk(chunk.id(), chunk.after(), rows, false, chunk.total());
    }

    private static PeerMessage unknown(PeerMessage message) {
        return message instanceof Entries entries ? DamageTest.ofUnknownKind(entries) : message;
    }

    private static void requireEqual(ScriptedCluster cluster) {
        for (String other : List.of("us", "ap", "sa")) {
            if (cluster.isUp(other)) {
                assertThat(cluster.status(other).applied())
                        .isEqualTo(cluster.status("eu").applied());
                assertThat(rows(cluster, other, Table.RECORD)).isEqualTo(rows(cluster, "eu", Table.RECORD));
                assertThat(rows(cluster, other, Table.STAGING)).isEmpty();
            }
        }
    }

    private static List<String> rows(ScriptedCluster cluster, String at, Table table) {
        List<String> rows = new ArrayList<>();
        StoreKeys keys = new StoreKeys(0);
        try (Scan scan = cluster.disk(at).scan(table, keys.first(), keys.last())) {
            while (scan.advance()) {
                rows.add(scan.key() + "=" + scan.value().hashCode());
            }
        }
        return rows;
    }

    private static long entriesInLog(ScriptedCluster cluster, String at) {
        return rows(cluster, at, Table.LOG).size();
    }

    private static long logBytes(ScriptedCluster cluster, String at) {
        StoreKeys keys = new StoreKeys(0);
        return cluster.disk(at).approximateBytes(Table.LOG, keys.first(), keys.last());
    }

    private static long bytesOf(ScriptedCluster cluster) {
        return cluster.status("ap").joins().map(SnapshotProgress::bytes).orElse(0L);
    }

    private static long mergedPercent(ScriptedCluster cluster) {
        return cluster.status("ap")
                .joins()
                .map(progress -> 100 * progress.bytes() / progress.totalBytes())
                .orElse(0L);
    }

    private static boolean isMerging(ScriptedCluster cluster) {
        return cluster.status("ap")
                .joins()
                .filter(progress -> progress.source().isEmpty())
                .isPresent();
    }

    private static long snapshotsBegun(ScriptedCluster cluster) {
        return cluster.notices().stream()
                .filter(notice -> notice.startsWith("ap: ")
                        && notice.contains("fetches a snapshot from")
                        && notice.contains("whose log of"))
                .count();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static void untilItSaysItHasCaughtUp(ScriptedCluster cluster, String at) {
        for (int turn = 0; turn < 3_000 && !cluster.saysItHasCaughtUp(at); turn++) {
            cluster.run(Duration.ofMillis(10));
        }
        assertThat(cluster.saysItHasCaughtUp(at)).as("caught up in the end").isTrue();
    }
}
