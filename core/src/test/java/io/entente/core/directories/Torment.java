package io.entente.core.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.store.Durability;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreException;
import io.entente.core.store.Table;
import io.entente.core.store.directory.DataDirectory;
import io.entente.core.store.directory.DirectoryOptions;
import io.entente.core.store.directory.DirectoryRefusedException;
import io.entente.core.store.directory.ExpectedIdentity;
import io.entente.core.store.directory.Recovery;
import io.entente.core.store.directory.Recovery.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A cluster's life in which one directory after the other suffers. After each time the victim is brought back as its refusal or its operator's
 * notes say, everybody writes, and every record of every node is judged.
 */
final class Torment implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final NodeId NOBODY = new NodeId("", "");

    private final SplittableRandom random;
    private final Path parent;
    private final Register register = new Register();
    private final TornCluster cluster;
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private int aside;

    /** How a victim came back. */
    enum Outcome {
        INTACT,
        MAY_HAVE_LOST,
        EMPTY,
        REFUSED,
        UNREADABLE
    }

    Torment(long seed, Path parent) throws IOException {
        this.random = new SplittableRandom(seed);
        this.parent = parent;
        this.cluster = new TornCluster(parent, register, random.split(), TornCluster.SHORT, (at, written) -> {});
        for (NodeId id : TornCluster.IDS) {
            cluster.start(id, id.equals(TornCluster.IDS.get(0)), false);
        }
        settle(NOBODY);
    }

    Map<Outcome, Integer> outcomes() {
        return outcomes;
    }

    int acknowledged() {
        return register.acknowledged();
    }

    int damagedChunks() {
        return cluster.damagedChunks();
    }

    /** One of the nodes suffers, and all is well again. */
    void suffer(Damage damage) throws IOException {
        NodeId victim = oneOf(TornCluster.IDS);
        cluster.live(between(5, 40));
        if (random.nextInt(3) == 0) {
            cluster.cut(victim, next(victim));
        }
        cluster.live(between(0, 20));
        strike(damage, victim);
        cluster.live(between(0, 20));
        cluster.heal();
        settle(victim);
        TornCluster.IDS.forEach(cluster::write);
        settle(victim);
        judge(victim);
    }

    private void strike(Damage damage, NodeId victim) throws IOException {
        switch (damage) {
            case ENDED -> {
                end(victim);
                assertThat(comeBack(victim, false)).isEqualTo(Outcome.INTACT);
            }
            case WIPED -> {
                end(victim);
                DirectoryFiles.delete(pathOf(victim));
                assertThat(comeBack(victim, false)).isEqualTo(Outcome.EMPTY);
            }
            case OLDER_STORE -> older(victim, "store", false);
            case OLDER_DIRECTORY -> older(victim, "", true);
            case BACKUP -> backup(victim);
            case LOG_DELETED, LOG_TRUNCATED, BIT_IN_LOG, BIT_IN_TABLE, BIT_IN_MANIFEST, BIT_IN_HIGH_WATER -> {
                if (random.nextBoolean() || damage == Damage.BIT_IN_TABLE) {
                    // What is only in the log is in tables' files after that.
                    end(victim);
                    comeBack(victim, false);
                    cluster.live(between(0, 20));
                }
                end(victim);
                damageFiles(damage, pathOf(victim));
                comeBack(victim, false);
            }
            case BIT_IN_STAGING -> whileStaging(victim);
            case BIT_IN_CHUNK -> {
                end(victim);
                DirectoryFiles.delete(pathOf(victim));
                cluster.live(between(0, 10));
                cluster.heal();
                cluster.damageChunks(true);
                comeBack(victim, false);
                settle(victim);
                cluster.damageChunks(false);
            }
            case OF_ANOTHER_NODE, OF_ANOTHER_CLUSTER, OF_ANOTHER_FORMAT -> another(damage, victim);
            case OPENED_TWICE -> {
                TornNode node = cluster.node(victim);
                refused(() -> DataDirectory.open(
                                node.path(), new ExpectedIdentity("sa-1", "sa", 1), DirectoryOptions.of(Durability.OS)))
                        .contains("in use by", "(node " + victim.node() + ")", "(node sa-1)");
                note(Outcome.REFUSED);
            }
        }
    }

    private void end(NodeId victim) {
        hadAtEnd = cluster.node(victim).applied();
        if (random.nextInt(4) == 0) {
            cluster.node(victim).stop();
        } else {
            cluster.node(victim).kill();
        }
        cluster.live(between(0, 15));
    }

    private VersionVector hadAtEnd = VersionVector.empty();

    /** Starts the victim, or does what its refusal says. */
    private Outcome comeBack(NodeId victim, boolean restored) throws IOException {
        try {
            Recovery recovery = cluster.start(victim, false, restored);
            if (cluster.failure(victim).isPresent()) {
                return startEmpty(victim, Outcome.UNREADABLE);
            }
            VersionVector has = cluster.node(victim).applied();
            if (recovery.state() == State.INTACT) {
                assertThat(has.dominates(hadAtEnd))
                        .as("%s is called intact, had %s and has %s", victim, hadAtEnd, has)
                        .isTrue();
                return note(Outcome.INTACT);
            }
            register.forgiveAllBut(cluster.elsewhere(victim).join(has));
            return note(recovery.state() == State.FRESH ? Outcome.EMPTY : Outcome.MAY_HAVE_LOST);
        } catch (DirectoryRefusedException refused) {
            assertThat(refused)
                    .hasMessageContaining(pathOf(victim).toString())
                    .hasMessageContaining("move the directory away and start the node empty");
            return startEmpty(victim, Outcome.REFUSED);
        } catch (StoreException unreadable) {
            return startEmpty(victim, Outcome.UNREADABLE);
        }
    }

    private Outcome startEmpty(NodeId victim, Outcome why) throws IOException {
        DirectoryFiles.delete(pathOf(victim));
        cluster.start(victim, false, false);
        register.forgiveAllBut(cluster.elsewhere(victim));
        return note(why);
    }

    private void older(NodeId victim, String part, boolean restored) throws IOException {
        end(victim);
        Path copy = aside();
        DirectoryFiles.copy(pathOf(victim).resolve(part), copy);
        assertThat(comeBack(victim, false)).isEqualTo(Outcome.INTACT);
        cluster.heal();
        do {
            cluster.live(between(10, 40));
        } while (cluster.node(victim).applied().equals(hadAtEnd));
        end(victim);
        DirectoryFiles.delete(pathOf(victim).resolve(part));
        DirectoryFiles.copy(copy, pathOf(victim).resolve(part));
        assertThat(comeBack(victim, restored)).isEqualTo(Outcome.MAY_HAVE_LOST);
        DirectoryFiles.delete(copy);
    }

    private void backup(NodeId victim) throws IOException {
        Path copy = aside();
        cluster.node(victim).directory().backup(copy, cluster.now().wallMillis());
        cluster.live(between(0, 40));
        end(victim);
        DirectoryFiles.delete(pathOf(victim));
        Files.move(copy, pathOf(victim));
        refused(() -> cluster.start(victim, false, false))
                .contains(
                        "is a backup of node " + victim.node(), "node " + victim.node() + " was started", "--restored");
        if (random.nextBoolean()) {
            Path spoilt = oneOf(DirectoryFiles.inStore(pathOf(victim), "").stream()
                    .filter(file -> !file.getFileName().toString().startsWith("LOG"))
                    .toList());
            DirectoryFiles.flipBit(spoilt, random);
            refused(() -> cluster.start(victim, false, true))
                    .contains(
                            "is a backup of node " + victim.node(),
                            spoilt.getFileName().toString());
            startEmpty(victim, Outcome.REFUSED);
        } else {
            assertThat(comeBack(victim, true)).isEqualTo(Outcome.MAY_HAVE_LOST);
        }
    }

    private void damageFiles(Damage damage, Path directory) throws IOException {
        switch (damage) {
            case LOG_DELETED -> {
                for (Path log : DirectoryFiles.inStore(directory, ".log")) {
                    Files.delete(log);
                }
            }
            case LOG_TRUNCATED -> {
                for (Path log : DirectoryFiles.inStore(directory, ".log")) {
                    DirectoryFiles.truncate(log, random.nextLong(Files.size(log)));
                }
            }
            case BIT_IN_LOG -> flipBitIn(DirectoryFiles.inStore(directory, ".log"));
            case BIT_IN_TABLE -> flipBitIn(DirectoryFiles.inStore(directory, ".sst"));
            case BIT_IN_MANIFEST -> flipBitIn(DirectoryFiles.inStore(directory, "MANIFEST"));
            default -> DirectoryFiles.flipBit(directory.resolve("high-water"), random);
        }
    }

    private void flipBitIn(List<Path> files) throws IOException {
        if (!files.isEmpty()) {
            DirectoryFiles.flipBit(oneOf(files), random);
        }
    }

    /** The victim has lost everything and is killed while a snapshot is on its way in. */
    private void whileStaging(NodeId victim) throws IOException {
        end(victim);
        DirectoryFiles.delete(pathOf(victim));
        cluster.heal();
        comeBack(victim, false);
        cluster.passUntil(LIMIT, () -> cluster.isAtRest() || stagedRow(victim).isPresent());
        Optional<Bytes> row = stagedRow(victim);
        hadAtEnd = cluster.node(victim).applied();
        cluster.node(victim).kill();
        if (random.nextBoolean()) {
            comeBack(victim, false);
            hadAtEnd = cluster.node(victim).applied();
            cluster.node(victim).kill();
        }
        List<Path> files = new ArrayList<>(DirectoryFiles.inStore(pathOf(victim), ".log"));
        files.addAll(DirectoryFiles.inStore(pathOf(victim), ".sst"));
        boolean found = false;
        for (Path file : row.isPresent() ? files : List.<Path>of()) {
            int at = indexOf(Files.readAllBytes(file), row.get().toArray());
            if (at >= 0 && !found) {
                found = true;
                DirectoryFiles.flipBit(file, at + random.nextInt(row.get().length()), random);
            }
        }
        if (!found) {
            flipBitIn(files);
        }
        comeBack(victim, false);
    }

    private Optional<Bytes> stagedRow(NodeId victim) {
        StoreKeys keys = new StoreKeys(0);
        try (Scan scan = cluster.node(victim).directory().store().scan(Table.STAGING, keys.first(), keys.last())) {
            while (scan.advance()) {
                if (scan.value().length() > 20) {
                    return Optional.of(scan.value());
                }
            }
        }
        return Optional.empty();
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int at = 0; at + part.length <= content.length; at++) {
            if (java.util.Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    /** A directory of somebody else stands in the place of the victim's, until that is put back. */
    private void another(Damage damage, NodeId victim) throws IOException {
        end(victim);
        Path own = aside();
        Files.move(pathOf(victim), own);
        NodeId other = next(victim);
        ExpectedIdentity made = damage == Damage.OF_ANOTHER_NODE
                ? new ExpectedIdentity(other.node(), other.dataCenter(), 1)
                : cluster.node(victim).identity();
        try (DataDirectory foreign = DataDirectory.open(pathOf(victim), made, DirectoryOptions.of(Durability.OS))) {
            foreign.adoptCluster("another cluster");
        }
        if (damage == Damage.OF_ANOTHER_FORMAT) {
            Files.writeString(pathOf(victim).resolve("identity"), "format=7\n");
        }
        refused(() -> cluster.start(victim, false, false))
                .contains(
                        switch (damage) {
                            case OF_ANOTHER_NODE ->
                                List.of("belongs to node " + other.node(), "this is node " + victim.node());
                            case OF_ANOTHER_CLUSTER -> List.of("another cluster", TornNode.CLUSTER);
                            default -> List.of("format 7", "format 1");
                        });
        note(Outcome.REFUSED);
        DirectoryFiles.delete(pathOf(victim));
        Files.move(own, pathOf(victim));
        assertThat(comeBack(victim, false)).isEqualTo(Outcome.INTACT);
    }

    /** Waits until all have everything; who turns out to be unreadable is started empty, as its operator is told. */
    private void settle(NodeId victim) throws IOException {
        for (int remedies = 0; remedies < 5; remedies++) {
            boolean settled = cluster.passUntil(LIMIT, () -> cluster.failed().isPresent() || cluster.isAtRest());
            if (settled && cluster.failed().isEmpty()) {
                return;
            }
            NodeId ill = cluster.failed().orElse(victim);
            assertThat(cluster.failed().isPresent() || cluster.isAlarmed(ill))
                    .as(
                            "not at rest after %s, and the operator of %s was told nothing: %s",
                            LIMIT, ill, cluster.unrest())
                    .isTrue();
            remedy(ill);
        }
        throw new AssertionError("five remedies did not help " + victim);
    }

    /** What can't be read is never served; sooner or later somebody looks at it, and that is now. */
    private void judge(NodeId victim) throws IOException {
        for (Optional<NodeId> ill = cluster.unreadable(); ill.isPresent(); ill = cluster.unreadable()) {
            remedy(ill.get());
            settle(victim);
        }
        cluster.judge();
    }

    private void remedy(NodeId ill) throws IOException {
        if (cluster.node(ill).isUp()) {
            cluster.node(ill).kill();
        }
        startEmpty(ill, Outcome.UNREADABLE);
    }

    private static Refusal refused(ThrowingCallable opening) {
        String[] message = {""};
        assertThatExceptionOfType(DirectoryRefusedException.class)
                .isThrownBy(opening)
                .satisfies(refusal -> message[0] = String.valueOf(refusal.getMessage()));
        return new Refusal(message[0]);
    }

    /** What a refusal says. */
    private record Refusal(String message) {

        void contains(String... parts) {
            contains(List.of(parts));
        }

        void contains(List<String> parts) {
            assertThat(message).contains(parts);
        }
    }

    private Outcome note(Outcome outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
        return outcome;
    }

    private static NodeId next(NodeId node) {
        return TornCluster.IDS.get((TornCluster.IDS.indexOf(node) + 1) % TornCluster.IDS.size());
    }

    private Path pathOf(NodeId node) {
        return cluster.node(node).path();
    }

    private Path aside() {
        return parent.resolve("aside-" + ++aside);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
