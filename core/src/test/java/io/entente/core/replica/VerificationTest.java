package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.codec.StoreKeys;
import io.entente.core.effect.Reply;
import io.entente.core.event.RequestId;
import io.entente.core.message.MovedRows;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Verify;
import io.entente.core.message.VerifyMessage.DigestsAsked;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.repair.Difference;
import io.entente.core.repair.Difference.Outcome;
import io.entente.core.repair.VerificationReport;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that compare their rows, one thing wrong at a time. */
class VerificationTest {

    private static final StoreKeys KEYS = new StoreKeys(0);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
    private final SiblingsCodec codec = new SiblingsCodec(new OriginCodec(new OriginPool()));

    @Test
    void replicasThatHoldTheSameAreProvedEqual() {
        write(cluster, 300);
        VerificationReport report = verify(cluster, "us");
        assertThat(report.provesEquality()).isTrue();
        assertThat(report.rows()).isEqualTo(300);
        assertThat(report.compared()).containsExactly(new NodeId("ap", "ap-1"), new NodeId("eu", "eu-1"));
        assertThat(verify(cluster, "eu").digest()).isEqualTo(report.digest());
        assertThat(cluster.alarms()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu", "us", "ap"})
    void whatADiskChangedIsRepairedFromTheMajorityWhoeverCompares(String verifier) {
        write(cluster, 300);
        change("us", "k7", Payload.value(Bytes.utf8("rot")));
        remove("us", "k150");
        put("us", "extra", raw("us", "k3"));

        VerificationReport report = verify(cluster, verifier);
        assertThat(report.differences()).isEqualTo(3);
        assertThat(report.named())
                .extracting(Difference::key)
                .extracting(RecordKey::key)
                .contains("k7", "k150");
        assertThat(report.named()).extracting(Difference::outcome).containsOnly(Outcome.REPAIRED);
        assertThat(cluster.read("us", "k7")).containsExactly("v7");
        assertThat(cluster.read("us", "k150")).containsExactly("v150");
        assertThat(cluster.read("us", "extra")).isEmpty();
        assertThat(verify(cluster, verifier).provesEquality()).isTrue();
    }

    @Test
    void aViewIsNotTakenForThatOfAnEarlierProcess() {
        write(cluster, 5);
        // What eu wrote since moved on in its view; the verifier has heard of another view of eu, in which nothing had.
        cluster.put("eu", "k2", "moved on");
        cluster.intercept((link, message) -> link.equals("us>eu")
                        && message instanceof Verify verify
                        && verify.message() instanceof DigestsAsked asked
                ? new Verify(
                        verify.id(),
                        new DigestsAsked(asked.number(), Optional.of(MovedRows.none()), asked.from(), asked.ranges()))
                : message);
        VerificationReport report = verify(cluster, "us");
        assertThat(report.differences()).isZero();
        assertThat(report.compared()).containsExactly(new NodeId("ap", "ap-1"));
        assertThat(report.notCompared().get(new NodeId("eu", "eu-1"))).contains("started again");
        assertThat(cluster.alarms()).isEmpty();
    }

    @Test
    void whereEveryRowDiffersEveryRowIsRepaired() {
        write(cluster, 2_000);
        for (int i = 0; i < 2_000; i++) {
            remove("ap", "k" + i);
        }
        VerificationReport report = verify(cluster, "eu");
        assertThat(report.differences()).isEqualTo(2_000);
        assertThat(report.named()).hasSize(VerificationReport.MOST_NAMED);
        assertThat(verify(cluster, "ap").provesEquality()).isTrue();
    }

    @Test
    void betweenTwoReplicasNothingSaysWhoIsRight() {
        ScriptedCluster two = ScriptedCluster.running("eu", "us");
        write(two, 5);
        two.disk("us").commit(changed(two, "us", "k2", Payload.value(Bytes.utf8("rot"))));
        VerificationReport report = verify(two, "eu");
        assertThat(report.named()).extracting(Difference::outcome).containsExactly(Outcome.NO_MAJORITY);
        assertThat(two.alarms())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm).contains("map/k2", "write the key anew"));
        two.put("eu", "k2", "anew");
        two.run(Duration.ofSeconds(1));
        assertThat(verify(two, "eu").provesEquality()).isTrue();
    }

    @Test
    void aRowThatIsNoneIsRepairedFromTheOnlyOtherReplica() {
        ScriptedCluster two = ScriptedCluster.running("eu", "us");
        write(two, 5);
        two.disk("us").commit(new WriteBatch().put(Table.RECORD, KEYS.record(key("k2")), Bytes.utf8("no row")));
        assertThat(verify(two, "us").named()).extracting(Difference::outcome).containsExactly(Outcome.REPAIRED);
        assertThat(two.read("us", "k2")).containsExactly("v2");
        assertThat(verify(two, "eu").provesEquality()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu", "us"})
    void rowsOfADamagedBlockAreReportedAndRepaired(String verifier) {
        write(cluster, 400);
        for (int i = 100; i < 140; i++) {
            put("us", "k" + i, DamagedReads.DAMAGE);
        }
        VerificationReport report = verify(cluster, verifier);
        assertThat(report.differences()).isEqualTo(40);
        assertThat(report.named()).extracting(Difference::outcome).containsOnly(Outcome.REPAIRED);
        assertThat(cluster.read("us", "k120")).containsExactly("v120");
        VerificationReport after = verify(cluster, verifier);
        assertThat(after.provesEquality()).isTrue();
        assertThat(after.rows()).isEqualTo(400);
    }

    @Test
    void aShortageOfFilesIsNoDamageAndEndsAComparisonUntilItIsOver() {
        write(cluster, 300);
        Bytes row = raw("us", "k7");
        put("us", "k7", DamagedReads.SHORTAGE);
        VerificationReport report = verify(cluster, "eu");
        assertThat(report.differences()).isZero();
        assertThat(report.compared()).containsExactly(new NodeId("ap", "ap-1"));
        assertThat(report.notCompared().get(new NodeId("us", "us-1"))).contains("Too many open files");
        assertThat(answered(cluster, cluster.verify("us", TIMEOUT)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused ->
                                assertThat(refused.detail()).contains("can't read its store", "Too many open files"));
        assertThat(cluster.alarms()).isEmpty();
        put("us", "k7", row);
        assertThat(verify(cluster, "us").provesEquality()).isTrue();
    }

    @Test
    void aDeletionThatOneHasPurgedIsNoDifference() {
        write(cluster, 5);
        cluster.cut("ap", "eu");
        cluster.cut("ap", "us");
        cluster.delete("eu", "k2");
        cluster.run(Duration.ofSeconds(1));
        cluster.heal();
        cluster.run(Duration.ofMillis(400));
        remove("us", "k2");
        VerificationReport report = verify(cluster, "eu");
        assertThat(report.provesEquality()).isTrue();
        assertThat(report.rows()).isEqualTo(4);
    }

    @Test
    void whatMovesIsLeftOutAndTheRestIsProved() {
        write(cluster, 300);
        var request = cluster.verify("eu", TIMEOUT);
        for (int i = 0; i < 40; i++) {
            cluster.put("us", "k" + i, "moved");
            cluster.put("ap", "l" + i, "new");
            cluster.run(Duration.ofMillis(10));
        }
        VerificationReport report = awaited(cluster, request);
        assertThat(report.provesEquality()).isTrue();
        assertThat(report.movedOn()).isPositive();
        assertThat(report.rows()).isGreaterThan(200);
    }

    @Test
    void whoIsAwayIsNamed() {
        write(cluster, 5);
        cluster.kill("ap");
        cluster.run(Duration.ofSeconds(5));
        VerificationReport report = verify(cluster, "eu");
        assertThat(report.provesEquality()).isFalse();
        assertThat(report.notCompared()).containsEntry(new NodeId("ap", "ap-1"), "is not there");
        assertThat(report.compared()).containsExactly(new NodeId("us", "us-1"));
    }

    @Test
    void whoFallsSilentMeanwhileIsGivenUp() {
        write(cluster, 5);
        var request = cluster.verify("eu", TIMEOUT);
        cluster.kill("ap");
        VerificationReport report = awaited(cluster, request);
        assertThat(report.notCompared())
                .hasEntrySatisfying(
                        new NodeId("ap", "ap-1"), why -> assertThat(why).endsWith("didn't answer in time"));
        assertThat(report.compared()).containsExactly(new NodeId("us", "us-1"));
    }

    private static void write(ScriptedCluster to, int count) {
        for (int i = 0; i < count; i++) {
            to.put("eu", "k" + i, "v" + i);
        }
        to.run(Duration.ofSeconds(2));
    }

    private static RecordKey key(String key) {
        return new RecordKey("map", key);
    }

    private Bytes raw(String at, String key) {
        return cluster.disk(at).get(Table.RECORD, KEYS.record(key(key))).orElseThrow();
    }

    private void put(String at, String key, Bytes row) {
        cluster.disk(at).commit(new WriteBatch().put(Table.RECORD, KEYS.record(key(key)), row));
    }

    private void remove(String at, String key) {
        cluster.disk(at).commit(new WriteBatch().delete(Table.RECORD, KEYS.record(key(key))));
    }

    private void change(String at, String key, Payload to) {
        cluster.disk(at).commit(changed(cluster, at, key, to));
    }

    private WriteBatch changed(ScriptedCluster in, String at, String key, Payload to) {
        Bytes storeKey = KEYS.record(key(key));
        Siblings before = codec.decode(in.disk(at).get(Table.RECORD, storeKey).orElseThrow());
        Sibling version = before.versions().get(0);
        Siblings after = new Siblings(List.of(new Sibling(version.dot(), version.timestamp(), to)));
        return new WriteBatch().put(Table.RECORD, storeKey, codec.encode(after));
    }

    private static VerificationReport verify(ScriptedCluster of, String at) {
        return awaited(of, of.verify(at, TIMEOUT));
    }

    private static VerificationReport awaited(ScriptedCluster of, RequestId request) {
        return ((Reply.Verified) answered(of, request)).report();
    }

    private static Reply answered(ScriptedCluster of, RequestId request) {
        for (int i = 0; i < 600 && of.answer(request) == null; i++) {
            of.run(Duration.ofMillis(100));
        }
        return Objects.requireNonNull(of.answer(request), "an answer");
    }
}
