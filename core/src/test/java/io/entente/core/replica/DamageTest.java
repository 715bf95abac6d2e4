package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.Tampering;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import io.entente.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replica does with entries that it can't read. */
class DamageTest {

    private static final Bytes FIRST = Bytes.empty();
    private static final Bytes LAST = Bytes.of((byte) 0xFF, (byte) 0xFF, (byte) 0xFF);

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");

    @Test
    void anEntryOfAnUnknownKindStopsItsOriginsStreamAndNoOther() {
        cluster.put("eu", "k", "known");
        cluster.run(seconds(1));
        cluster.cut("eu", "ap");
        cluster.intercept((link, message) -> link.equals("eu>us") ? ofUnknownKind(message) : message);
        cluster.delete("eu", "k");
        cluster.put("eu", "l", "after");
        cluster.run(seconds(1));
        cluster.put("ap", "k", "of another origin");
        cluster.run(seconds(3));

        assertThat(cluster.alarms())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm)
                        .startsWith("us: the stream of eu/eu-1/")
                        .contains("#2 can't be stored", "run a version that knows it"));
        assertThat(cluster.read("us", "l"))
                .as("a later write of the same origin")
                .isEmpty();
        assertThat(cluster.read("us", "k")).containsExactly("of another origin");
        assertThat(cluster.status("us").stopped()).hasSize(1);
    }

    @Test
    void aStoppedStreamIsAskedForNoMoreUntilARestart() {
        cluster.cut("eu", "ap");
        cluster.intercept((link, message) -> ofUnknownKind(message));
        cluster.delete("eu", "k");
        cluster.put("eu", "l", "after");
        cluster.run(seconds(5));
        long asked = timesAskedForEu();
        cluster.run(seconds(20));
        assertThat(timesAskedForEu()).isEqualTo(asked);

        cluster.intercept((link, message) -> message);
        cluster.kill("us");
        cluster.start("us", Standing.INTACT);
        cluster.run(seconds(3));
        assertThat(cluster.read("us", "l")).containsExactly("after");
    }

    @Test
    void anEntryDamagedOnItsWayIsAskedForAgain() {
        int[] damaged = {0};
        cluster.intercept((link, message) -> message instanceof Entries entries && damaged[0]++ == 0
                ? changed(entries, (run, sequence, encoded) -> flipped(encoded))
                : message);
        cluster.put("eu", "k", "v");
        cluster.run(seconds(3));
        assertThat(damaged[0]).isPositive();
        assertThat(cluster.read("us", "k")).containsExactly("v");
        assertThat(cluster.read("ap", "k")).containsExactly("v");
    }

    @Test
    void whatItsSourceCannotReadIsPulledFromAnotherOne() {
        cluster.cut("eu", "us");
        cluster.cut("ap", "us");
        cluster.put("eu", "k", "v");
        cluster.run(seconds(1));
        cluster.kill("eu");
        damageLog(cluster.disk("eu"));
        cluster.start("eu", Standing.INTACT);
        cluster.heal("eu", "us");
        cluster.run(seconds(3));
        cluster.heal();
        cluster.run(seconds(30));
        assertThat(cluster.read("us", "k")).containsExactly("v");
        assertThat(cluster.alarms())
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(alarm).startsWith("eu: the log can't be read for us/us-1"));
    }

    private long timesAskedForEu() {
        return cluster.transcript().stream()
                .filter("us asks eu for eu after 0"::equals)
                .count();
    }

    private static void damageLog(MemoryStore disk) {
        WriteBatch damage = new WriteBatch();
        try (Scan scan = disk.scan(Table.LOG, FIRST, LAST)) {
            while (scan.advance()) {
                damage.put(Table.LOG, scan.key(), flipped(scan.value()));
            }
        }
        disk.commit(damage);
    }

    private static PeerMessage ofUnknownKind(PeerMessage message) {
        return message instanceof Entries entries ? ofUnknownKind(entries) : message;
    }

    /** The same with deletions that this version doesn't know. */
    static Entries ofUnknownKind(Entries entries) {
        return changed(
                entries,
                (origin, sequence, encoded) -> encoded.at(encoded.length() - 1) == 1
                        ? Tampering.ofUnknownKind(origin, sequence, encoded)
                        : encoded);
    }

    private static Bytes flipped(Bytes encoded) {
        byte[] bytes = encoded.toArray();
        bytes[bytes.length - 2] ^= 4;
        return Bytes.wrap(bytes);
    }

    private static Entries changed(Entries entries, Change change) {
        List<Run> runs = new ArrayList<>();
        for (Run run : entries.runs()) {
            List<Bytes> encoded = new ArrayList<>();
            long sequence = run.firstSequence();
            for (Bytes each : run.encoded()) {
                encoded.add(change.of(run.origin(), sequence++, each));
            }
            runs.add(new Run(run.origin(), run.firstSequence(), encoded));
        }
        return new Entries(entries.id(), runs);
    }

    private interface Change {
        Bytes of(Origin origin, long sequence, Bytes encoded);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
