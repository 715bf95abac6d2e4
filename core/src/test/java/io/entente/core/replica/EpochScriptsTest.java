package io.entente.core.replica;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One leader for three data centers: the scenarios of <i>Designing Data-Intensive Applications</i>, chapter 5, as scripts. */
class EpochScriptsTest {

    private static final List<String> ALL = List.of("eu", "us", "ap");

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");

    private static ReplicationMode led(Acknowledgement acknowledgement, Failover failover) {
        return ReplicationMode.singleLeader(acknowledgement, failover);
    }

    private void leadBy(String node, Acknowledgement acknowledgement, Failover failover) {
        RequestId asked = cluster.begin(node, Optional.of(led(acknowledgement, failover)), ofSeconds(3));
        cluster.run(ofSeconds(2));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
    }

    private String leaderSeenBy(String node) {
        return cluster.status(node).leader().map(leader -> leader.dataCenter()).orElse("nobody");
    }

    private Refusal refusalOf(RequestId asked) {
        Reply reply = cluster.answer(asked);
        assertThat(reply).isInstanceOf(Refused.class);
        return ((Refused) java.util.Objects.requireNonNull(reply)).reason();
    }

    @Test
    void onlyTheLeaderIsWrittenToAndAllFollow() {
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        assertThat(ALL.stream().map(this::leaderSeenBy)).containsOnly("us");
        RequestId refused = cluster.put("eu", "k", "at a follower");
        assertThat(refusalOf(refused)).isEqualTo(Refusal.NOT_LEADER);
        assertThat(refused(refused).detail()).contains("us/us-1").contains("write there");
        assertThat(cluster.answer(cluster.put("us", "k", "at the leader"))).isInstanceOf(Written.class);
        cluster.run(ofSeconds(1));
        assertThat(cluster.read("ap", "k")).containsExactly("at the leader");
    }

    @Test
    void aSwitchoverLosesNothingAndMakesNoConflict() {
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        for (int i = 0; i < 20; i++) {
            cluster.put("us", "k", "v" + i);
        }
        RequestId asked = cluster.begin("ap", Optional.empty(), ofSeconds(3));
        cluster.run(ofSeconds(2));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(ALL.stream().map(this::leaderSeenBy)).containsOnly("ap");
        cluster.put("ap", "k", "after");
        cluster.run(ofSeconds(1));
        ALL.forEach(node -> assertThat(cluster.read(node, "k")).containsExactly("after"));
    }

    @Test
    void anEpochIsSettledWithoutAMemberThatWasRetired() {
        cluster.kill("ap");
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        cluster.run(ofSeconds(3));
        assertThat(cluster.status("us").epoch().epoch().settled())
                .as("who is away may have acknowledged something before")
                .isFalse();
        cluster.step("eu", new RetirementRequested(new RequestId(1_000_000), "ap-1"));
        cluster.run(ofSeconds(3));
        assertThat(cluster.status("eu").retired()).containsExactly("ap-1");
        assertThat(cluster.status("us").epoch().epoch().settled()).isTrue();
    }

    /** Else the others might elect one next who lacks what this leader had of one of them, and who is believed to have it. */
    @Test
    void anEpochIsSettledOnlyOnceMoreThanHalfHaveWhatAllHad() {
        ScriptedCluster five = ScriptedCluster.running("a", "b", "c", "d", "e");
        five.intercept((link, message) -> message instanceof Entries entries && !link.equals("e>a")
                ? new Entries(entries.id(), List.of())
                : message);
        five.put("e", "k", "before");
        RequestId asked = five.begin("a", Optional.of(led(Acknowledgement.async(), Failover.MANUAL)), ofSeconds(5));
        five.run(ofSeconds(5));
        assertThat(five.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(five.read("a", "k")).containsExactly("before");
        assertThat(five.read("b", "k")).isEmpty();
        assertThat(five.status("a").epoch().epoch().settled())
                .as("two of five have it")
                .isFalse();
        five.intercept((link, message) -> message);
        five.run(ofSeconds(10));
        assertThat(five.read("b", "k")).containsExactly("before");
        assertThat(five.status("a").epoch().epoch().settled()).isTrue();
    }

    @Test
    void withoutALeaderTheOthersGoOnServingReads() {
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        cluster.put("us", "k", "before");
        cluster.run(ofSeconds(1));
        cluster.kill("us");
        cluster.run(ofSeconds(10));
        assertThat(cluster.read("eu", "k")).containsExactly("before");
        assertThat(refusalOf(cluster.put("eu", "k", "no"))).isEqualTo(Refusal.NOT_LEADER);
        RequestId asked = cluster.begin("eu", Optional.empty(), ofSeconds(5));
        cluster.run(ofSeconds(4));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(cluster.answer(cluster.put("eu", "k", "yes"))).isInstanceOf(Written.class);
    }

    @Test
    void theVotersReplaceALeaderThatIsGone() {
        leadBy("us", Acknowledgement.async(), Failover.AUTOMATIC);
        cluster.kill("us");
        cluster.run(ofSeconds(8));
        assertThat(leaderSeenBy("eu")).isEqualTo(leaderSeenBy("ap")).isIn("eu", "ap");
        cluster.start("us", Standing.INTACT);
        cluster.run(ofSeconds(3));
        assertThat(leaderSeenBy("us")).as("it follows").isEqualTo(leaderSeenBy("eu"));
    }

    @Test
    void whatOnlyADeposedLeaderHadIsAConflictAndNotLost() {
        leadBy("us", Acknowledgement.async(), Failover.AUTOMATIC);
        cluster.cut("us", "eu");
        cluster.cut("us", "ap");
        cluster.run(ofMillis(100));
        assertThat(cluster.answer(cluster.put("us", "k", "of the old leader"))).isInstanceOf(Written.class);
        cluster.run(ofSeconds(8));
        String leader = leaderSeenBy("eu");
        assertThat(leader).isIn("eu", "ap");
        assertThat(cluster.answer(cluster.put(leader, "k", "of the new leader")))
                .isInstanceOf(Written.class);
        cluster.heal();
        cluster.run(ofSeconds(8));
        ALL.forEach(node -> assertThat(cluster.read(node, "k"))
                .containsExactlyInAnyOrder("of the old leader", "of the new leader"));
        assertThat(refusalOf(cluster.put("us", "k", "no more"))).isEqualTo(Refusal.NOT_LEADER);
    }

    @Test
    void aLeaderThatStartsAnewGoesOnLeading() {
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        cluster.kill("us");
        cluster.run(ofSeconds(1));
        cluster.start("us", Standing.INTACT);
        cluster.run(ofMillis(300));
        assertThat(cluster.answer(cluster.put("us", "k", "again"))).isInstanceOf(Written.class);
    }

    @Test
    void aMinorityElectsNobody() {
        leadBy("us", Acknowledgement.async(), Failover.AUTOMATIC);
        cluster.kill("us");
        cluster.kill("ap");
        cluster.run(ofSeconds(20));
        assertThat(refusalOf(cluster.put("eu", "k", "no"))).isEqualTo(Refusal.NOT_LEADER);
        RequestId asked = cluster.begin("eu", Optional.empty(), ofSeconds(3));
        cluster.run(ofSeconds(5));
        assertThat(refusalOf(asked)).isEqualTo(Refusal.NO_MAJORITY);
        assertThat(refused(asked).detail()).contains("ap-1").contains("us-1");
    }

    @Test
    void aSemiSynchronousWriteWaitsForAnyFollower() {
        leadBy("us", Acknowledgement.semiSync(1), Failover.MANUAL);
        cluster.kill("eu");
        RequestId written = cluster.put("us", "k", "one follower is enough");
        assertThat(cluster.answer(written)).as("it isn't asynchronous").isNull();
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(written)).isInstanceOf(Written.class);
        cluster.kill("ap");
        RequestId alone = cluster.put("us", "k", "nobody has it");
        cluster.run(ofSeconds(4));
        assertThat(cluster.answer(alone)).isInstanceOf(Reply.ConcernTimedOut.class);
    }

    @Test
    void aWriteUnderWayIsGivenUpAsSoonAsTheLeadMoves() {
        leadBy("us", Acknowledgement.semiSync(2), Failover.MANUAL);
        cluster.cut("eu", "us");
        cluster.cut("eu", "ap");
        RequestId written = cluster.put("us", "k", "ap alone has it");
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(written)).isNull();
        cluster.begin("ap", Optional.empty(), ofSeconds(3));
        cluster.run(ofMillis(500));
        Reply.ConcernTimedOut over = (Reply.ConcernTimedOut) Objects.requireNonNull(cluster.answer(written));
        assertThat(over.over()).isEqualTo(Reply.Over.EPOCH);
        assertThat(over.acknowledgedBy()).extracting(NodeId::node).containsExactly("us-1", "ap-1");
    }

    @Test
    void aWriteUnderWayIsGivenUpAsSoonAsTheModeChanges() {
        cluster.kill("eu");
        RequestId forAll = new RequestId(1_000_000);
        cluster.step(
                "us",
                new WriteRequested(
                        forAll,
                        new RecordKey("map", "k"),
                        Payload.value(Bytes.utf8("v")),
                        WriteCondition.none(),
                        WriteConcern.all(),
                        ofSeconds(60),
                        false));
        assertThat(cluster.answer(forAll)).isNull();
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        assertThat(cluster.answer(forAll))
                .isInstanceOfSatisfying(
                        Reply.ConcernTimedOut.class,
                        over -> assertThat(over.over()).isEqualTo(Reply.Over.EPOCH));
    }

    @Test
    void whereConfiguredSemiSynchronousWritesDegradeAndAreCounted() {
        leadBy("us", new Acknowledgement.SemiSync(1, Optional.of(ofMillis(500))), Failover.MANUAL);
        cluster.kill("eu");
        cluster.kill("ap");
        RequestId alone = cluster.put("us", "k", "nobody has it");
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(alone)).isInstanceOf(Written.class);
        assertThat(cluster.status("us").epoch().degraded()).isEqualTo(1);
        assertThat(cluster.status("us").epoch().isDegraded()).isTrue();
        assertThat(cluster.saysItsWritesAreDegraded("us")).isTrue();
        cluster.start("ap", Standing.INTACT);
        cluster.run(ofSeconds(3));
        cluster.put("us", "k", "there it is");
        cluster.run(ofSeconds(1));
        assertThat(cluster.status("us").epoch().isDegraded()).isFalse();
        assertThat(cluster.saysItsWritesAreDegraded("us")).isFalse();
    }

    @Test
    void aLeaderThatIsToWaitForMoreFollowersThanThereAreRefusesAtOnce() {
        leadBy("us", Acknowledgement.semiSync(3), Failover.MANUAL);
        Refused refused = refused(cluster.put("us", "k", "for four"));
        assertThat(refused.reason()).isEqualTo(Refusal.NO_QUORUM);
        assertThat(refused.detail()).contains("semi-sync with 3", "4 copies", "the partition has 3", "change the mode");
        assertThat(cluster.read("us", "k")).isEmpty();
        leadBy("us", new Acknowledgement.SemiSync(3, Optional.of(ofMillis(500))), Failover.MANUAL);
        RequestId degraded = cluster.put("us", "k", "without them");
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(degraded)).isInstanceOf(Written.class);
        assertThat(cluster.saysItsWritesAreDegraded("us")).isTrue();
    }

    @Test
    void whoNoLongerWaitsForFollowersDoesNotSayThatTheyAreMissing() {
        leadBy("us", new Acknowledgement.SemiSync(2, Optional.of(ofMillis(500))), Failover.MANUAL);
        cluster.kill("eu");
        cluster.put("us", "k", "ap alone has it");
        cluster.run(ofSeconds(1));
        assertThat(cluster.saysItsWritesAreDegraded("us")).isTrue();
        leadBy("us", Acknowledgement.async(), Failover.MANUAL);
        assertThat(cluster.saysItsWritesAreDegraded("us")).isFalse();
        assertThat(cluster.status("us").epoch().isDegraded()).isFalse();
        assertThat(cluster.status("us").epoch().degraded()).isEqualTo(1);
    }

    @Test
    void aSynchronousWriteWaitsForAll() {
        leadBy("us", Acknowledgement.sync(), Failover.MANUAL);
        cluster.cut("eu", "us");
        cluster.cut("eu", "ap");
        RequestId written = cluster.put("us", "k", "v");
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(written)).isNull();
        cluster.heal();
        cluster.run(ofMillis(900));
        assertThat(cluster.answer(written)).isInstanceOf(Written.class);
    }

    @Test
    void inAChainEachPullsFromTheOneBefore() {
        leadBy("us", Acknowledgement.chain(), Failover.MANUAL);
        cluster.put("us", "first", "so that sources are chosen");
        cluster.run(ofSeconds(5));
        int before = cluster.transcript().size();
        RequestId written = cluster.put("us", "k", "v");
        cluster.run(ofSeconds(1));
        assertThat(cluster.answer(written)).isInstanceOf(Written.class);
        List<String> sent =
                cluster.transcript().subList(before, cluster.transcript().size());
        assertThat(sent).anyMatch(line -> line.startsWith("us sends ap us"));
        assertThat(sent).anyMatch(line -> line.startsWith("ap sends eu us"));
        assertThat(sent).noneMatch(line -> line.startsWith("us sends eu us"));
    }

    @Test
    void theModeIsChangedUnderLoadAndNothingIsLost() {
        for (int i = 0; i < 10; i++) {
            String at = ALL.get(i % 3);
            cluster.put(at, "many" + i, "v");
        }
        leadBy("eu", Acknowledgement.async(), Failover.AUTOMATIC);
        cluster.put("eu", "one", "v");
        RequestId back = cluster.begin("ap", Optional.of(ReplicationMode.multiLeader()), ofSeconds(3));
        cluster.run(ofSeconds(2));
        assertThat(cluster.answer(back)).isInstanceOf(EpochBegun.class);
        assertThat(cluster.answer(cluster.put("us", "us", "v"))).isInstanceOf(Written.class);
        cluster.run(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            assertThat(cluster.read("ap", "many" + i)).containsExactly("v");
        }
        assertThat(cluster.read("ap", "one")).containsExactly("v");
        assertThat(cluster.read("eu", "us")).containsExactly("v");
    }

    private Refused refused(RequestId request) {
        return (Refused) Objects.requireNonNull(cluster.answer(request));
    }
}
