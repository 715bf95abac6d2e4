package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PartKeys;
import io.entente.core.record.Part;
import io.entente.core.record.PartOperation;
import io.entente.core.record.PartOperation.Forget;
import io.entente.core.record.PartOperation.Put;
import io.entente.core.record.PartOperation.Reset;
import io.entente.core.record.PartOperation.Tally;
import io.entente.core.record.PartOperation.Tombstone;
import io.entente.core.record.RecordKey;
import io.entente.core.store.Scan;
import io.entente.core.store.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations on parts of mergeable values, in three data centers, step by step. */
class PartsTest {

    private static final String K = "k";

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");

    @Test
    void operationsTravelAndAnswerWhatTheyChange() {
        cluster.operate("eu", K, put("a"), put("b"), tally("n", 5));
        cluster.run(seconds(1));
        cluster.operate("us", K, new Forget(bytes("a")), tally("n", -2));
        cluster.run(seconds(1));
        assertThatEverywhere().containsExactly("b", "n=3");
    }

    @Test
    void whatAnOperationHasNotSeenSurvivesIt() {
        cluster.operate("eu", K, put("a"));
        cluster.run(seconds(1));
        isolate("us");
        cluster.operate("eu", K, put("a"));
        cluster.operate("us", K, new Forget(bytes("a")));
        assertThat(read("us")).isEmpty();
        join("us");
        assertThatEverywhere().containsExactly("a");
    }

    @Test
    void aTombstoneStaysBesideWhatItHasNotSeenAndIsPurgedWhenItIsAlone() {
        cluster.operate("eu", K, put("a"));
        cluster.run(seconds(1));
        isolate("us");
        cluster.operate("eu", K, put("a"));
        cluster.operate("us", K, new Tombstone(bytes("a")));
        join("us");
        assertThatEverywhere().containsExactly("a+deleted");
        cluster.operate("ap", K, new Tombstone(bytes("a")));
        cluster.run(seconds(3));
        assertThatNothingIsLeft();
    }

    @Test
    void contributionsCountOnceAndConcurrentResetsTakeWhatEachHasSeen() {
        cluster.operate("eu", K, tally("n", 10));
        cluster.operate("us", K, tally("n", 1));
        cluster.run(seconds(1));
        isolate("ap");
        cluster.operate("eu", K, tally("n", 100));
        cluster.operate("ap", K, new Reset(Bytes.empty()));
        cluster.run(seconds(1));
        cluster.operate("us", K, new Reset(Bytes.empty()));
        cluster.operate("us", K, tally("n", 1_000));
        assertThat(read("ap")).isEmpty();
        join("ap");
        assertThatEverywhere().containsExactly("n=1000");
    }

    @Test
    void aTallyBegunAnewIsNotTouchedByAResetOfTheOneBefore() {
        cluster.operate("eu", K, tally("n", 10));
        cluster.run(seconds(1));
        isolate("ap");
        cluster.operate("ap", K, new Reset(Bytes.empty()));
        cluster.operate("eu", K, new Reset(Bytes.empty()));
        cluster.operate("eu", K, tally("n", 7));
        join("ap");
        assertThatEverywhere().containsExactly("n=7");
    }

    @Test
    void aResetWithAPrefixLeavesTheOtherParts() {
        cluster.operate("eu", K, put("a"), put("ab"), put("b"), tally("ac", 1), tally("c", 2));
        cluster.operate("eu", K, new Reset(bytes("a")), put("ad"));
        cluster.run(seconds(1));
        assertThatEverywhere().containsExactly("ad", "b", "c=2");
    }

    @Test
    void aResetOfEverythingLeavesNothingOnceItIsStable() {
        cluster.operate("eu", K, put("a"), tally("n", 1));
        cluster.operate("us", K, tally("n", 2));
        cluster.run(seconds(1));
        cluster.operate("ap", K, new Reset(Bytes.empty()));
        cluster.run(seconds(3));
        assertThatNothingIsLeft();
        cluster.operate("us", K, tally("n", 4));
        cluster.run(seconds(1));
        assertThatEverywhere().containsExactly("n=4");
    }

    @Test
    void aRecordAndAMergeableValueOfTheSameNameHaveNothingToDoWithEachOther() {
        cluster.put("eu", K, "v");
        cluster.operate("us", K, put("a"));
        cluster.run(seconds(1));
        cluster.operate("eu", K, new Reset(Bytes.empty()));
        cluster.run(seconds(1));
        assertThat(cluster.read("us", K)).containsExactly("v");
        cluster.delete("us", K);
        cluster.operate("us", K, put("b"));
        cluster.run(seconds(3));
        assertThat(cluster.read("eu", K)).isEmpty();
        assertThatEverywhere().containsExactly("b");
    }

    @Test
    void anOperationWritesAsMuchToALargeValueAsToASmallOne() {
        cluster.operate("eu", "small", put("first"));
        cluster.operate("eu", "large", put("first"));
        for (int i = 0; i < 3_000; i++) {
            cluster.operate("eu", "large", put("element-" + i));
        }
        assertThat(bytesWritten("large")).isEqualTo(bytesWritten("small"));
    }

    /** By one more element, of a name that is as long for each. */
    private long bytesWritten(String key) {
        cluster.operate("eu", key, put("another"));
        return cluster.bytesOfLastStep();
    }

    private void isolate(String dataCenter) {
        List.of("eu", "us", "ap").forEach(other -> cluster.cut(dataCenter, other));
    }

    private void join(String dataCenter) {
        List.of("eu", "us", "ap").forEach(other -> cluster.heal(dataCenter, other));
        cluster.run(seconds(3));
    }

    private org.assertj.core.api.ListAssert<String> assertThatEverywhere() {
        assertThat(read("us")).isEqualTo(read("eu"));
        assertThat(read("ap")).isEqualTo(read("eu"));
        return assertThat(read("eu"));
    }

    private void assertThatNothingIsLeft() {
        for (String dataCenter : List.of("eu", "us", "ap")) {
            Bytes from = new PartKeys(0).inMap("map", "");
            try (Scan scan = cluster.disk(dataCenter).scan(Table.RECORD, from, new PartKeys(0).inMap("map", "z"))) {
                assertThat(scan.advance()).as("a row at " + dataCenter).isFalse();
            }
        }
    }

    private List<String> read(String at) {
        List<String> read = new ArrayList<>();
        List<Part> parts = new CommittedParts(cluster.disk(at), 0)
                .read(new RecordKey("map", K), 1 << 20)
                .orElseThrow();
        for (Part part : parts) {
            if (part.sum().isPresent()) {
                read.add(part.name().utf8() + "=" + part.sum().getAsLong());
            } else if (!part.versions().isAbsent()) {
                boolean contested = part.versions().versions().stream().anyMatch(version -> version.isTombstone());
                read.add(part.name().utf8() + (contested ? "+deleted" : ""));
            }
        }
        return read;
    }

    private static PartOperation put(String part) {
        return new Put(bytes(part), Bytes.empty());
    }

    private static PartOperation tally(String part, long delta) {
        return new Tally(bytes(part), delta);
    }

    private static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
