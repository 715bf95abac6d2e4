package io.entente.core.replica;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.RequestId;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantPromise.Stage;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.RoundId;
import io.entente.core.replica.Start.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** Who elects a leader follows who is a member: retired members vote no more, those that come back do. */
class VoterScriptsTest {

    private static final List<String> FOUR = List.of("eu", "us", "ap", "sa");
    private static final NodeId AP = new NodeId("ap", "ap-1");
    private static final NodeId SA = new NodeId("sa", "sa-1");

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap", "sa");
    private long retirements;

    private static ReplicationMode led() {
        return ReplicationMode.singleLeader(Acknowledgement.async(), Failover.AUTOMATIC);
    }

    private void leadBy(String node) {
        RequestId asked = cluster.begin(node, Optional.of(led()), ofSeconds(3));
        cluster.run(ofSeconds(2));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
    }

    private void retire(String node, String at) {
        cluster.step(at, new RetirementRequested(new RequestId(1_000_000 + ++retirements), node + "-1"));
    }

    private List<SortedSet<String>> votersSeenBy(String node) {
        return cluster.status(node).epoch().epoch().electorates();
    }

    private String leaderSeenBy(String node) {
        return cluster.status(node).leader().map(leader -> leader.dataCenter()).orElse("nobody");
    }

    @Test
    void aRetiredMemberVotesNoMore() {
        leadBy("us");
        cluster.kill("sa");
        retire("sa", "eu");
        cluster.run(ofSeconds(8));
        for (String node : List.of("eu", "us", "ap")) {
            assertThat(votersSeenBy(node)).hasSize(1);
            assertThat(votersSeenBy(node).get(0)).containsExactly("ap-1", "eu-1", "us-1");
        }
        assertThat(leaderSeenBy("eu")).as("it goes on leading").isEqualTo("us");
        cluster.kill("us");
        cluster.run(ofSeconds(10));
        assertThat(leaderSeenBy("eu")).isEqualTo(leaderSeenBy("ap")).isIn("eu", "ap");
    }

    @Test
    void withManyLeadersVotersChangeToo() {
        cluster.kill("sa");
        retire("sa", "eu");
        cluster.run(ofSeconds(8));
        cluster.kill("ap");
        cluster.run(ofSeconds(2));
        assertThat(votersSeenBy("eu").get(0)).containsExactly("ap-1", "eu-1", "us-1");
        assertThat(cluster.answer(cluster.put("us", "k", "v"))).isInstanceOf(Written.class);
        leadBy("us");
    }

    @Test
    void aMemberThatComesBackVotesAgain() {
        leadBy("us");
        cluster.wipe("sa");
        retire("sa", "eu");
        cluster.run(ofSeconds(8));
        cluster.start("sa", Standing.NEW);
        cluster.run(ofSeconds(15));
        for (String node : FOUR) {
            assertThat(votersSeenBy(node)).hasSize(1);
            assertThat(votersSeenBy(node).get(0)).containsExactly("ap-1", "eu-1", "sa-1", "us-1");
        }
    }

    @Test
    void untilThoseBeforeKnowOfItBothSetsDecide() {
        leadBy("us");
        cluster.kill("sa");
        cluster.intercept((link, message) -> message instanceof EpochIs news
                ? new EpochIs(news.established(), Ballot.zero(), news.leads())
                : message);
        retire("sa", "eu");
        cluster.run(ofSeconds(8));
        assertThat(votersSeenBy("us")).as("those to be, and those before").hasSize(2);
        cluster.kill("ap");
        RequestId asked = cluster.begin("eu", Optional.empty(), ofSeconds(3));
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(asked)).isInstanceOf(Refused.class);
        assertThat(((Refused) java.util.Objects.requireNonNull(cluster.answer(asked))).reason())
                .isEqualTo(Refusal.NO_MAJORITY);
    }

    /** What epochs are told of doesn't reach {@code us}, which has lost its memory of one; somebody who doesn't know of that one either asks it for a promise. */
    @Test
    void whoForgotAnEpochPromisesNothingOnOlderRulesUntilItIsTold() {
        Epoch before = cluster.status("ap").epoch().epoch();
        leadBy("eu");
        List<Promised> promises = new ArrayList<>();
        boolean[] isTold = {false};
        cluster.intercept((link, message) -> {
            if (message instanceof Promised promised && link.equals("us>ap")) {
                promises.add(promised);
            }
            boolean isKeptBack = message instanceof EpochIs && link.endsWith(">us") && !isTold[0];
            return isKeptBack ? new WantVector(new RoundId(0, 0)) : message;
        });
        cluster.wipe("us");
        cluster.start("us", Standing.NEW);
        cluster.run(ofSeconds(3));
        assertThat(cluster.waitsFor("us")).as("it is admitted").isEmpty();
        Epoch proposed = new Epoch(new Ballot(99, AP), Optional.of(AP), led(), before.voters(), true);
        WantPromise wanted = new WantPromise(proposed, before, Stage.ASK);
        cluster.step("us", new MessageReceived(AP, wanted));
        cluster.run(ofSeconds(1));
        assertThat(promises).as("before it is told").isEmpty();
        isTold[0] = true;
        cluster.run(ofSeconds(1));
        cluster.step("us", new MessageReceived(AP, wanted));
        cluster.run(ofSeconds(1));
        assertThat(promises).as("on the basis of what is over").isEmpty();
        Epoch inForce = cluster.status("eu").epoch().epoch();
        cluster.step("us", new MessageReceived(AP, new WantPromise(proposed, inForce, Stage.ASK)));
        cluster.run(ofSeconds(1));
        assertThat(promises).as("on the basis of what is in force").hasSize(1);
    }

    @Test
    void nobodyPromisesAnythingToWhoIsRetired() {
        leadBy("us");
        cluster.cut("sa", "us");
        cluster.cut("sa", "eu");
        cluster.cut("sa", "ap");
        retire("sa", "eu");
        cluster.run(ofSeconds(8));
        Epoch inForce = cluster.status("eu").epoch().epoch();
        assertThat(inForce.voters()).doesNotContain("sa-1");
        Epoch proposed = new Epoch(new Ballot(99, SA), Optional.of(SA), led(), inForce.voters(), true);
        cluster.step("eu", new MessageReceived(SA, new WantPromise(proposed, inForce, Stage.ASK)));
        cluster.run(ofSeconds(1));
        assertThat(cluster.status("eu").epoch().heeded())
                .as("it promised nothing later")
                .isTrue();
        assertThat(leaderSeenBy("eu")).isEqualTo("us");
    }
}
