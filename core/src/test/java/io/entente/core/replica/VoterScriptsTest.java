package io.entente.core.replica;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.RequestId;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.Ballot;
import io.entente.core.message.Epoch;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.EpochIs;
import io.entente.core.message.PeerMessage.Promised;
import io.entente.core.message.PeerMessage.WantPromise;
import io.entente.core.message.PeerMessage.WantPromise.Stage;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** An operator has other nodes vote than before, one at a time: what then is possible, and what is refused. */
class VoterScriptsTest {

    private static final ReplicationMode LED =
            ReplicationMode.singleLeader(Acknowledgement.async(), Failover.AUTOMATIC);

    private static final ReplicationMode LED_BY_HAND =
            ReplicationMode.singleLeader(Acknowledgement.async(), Failover.MANUAL);

    private static ScriptedCluster ledBy(String leader, String... nodes) {
        return ledBy(LED, leader, nodes);
    }

    private static ScriptedCluster ledBy(ReplicationMode mode, String leader, String... nodes) {
        ScriptedCluster cluster = ScriptedCluster.running(nodes);
        RequestId asked = cluster.begin(leader, Optional.of(mode), ofSeconds(3));
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(epochAt(cluster, leader).settled()).isTrue();
        return cluster;
    }

    private static Epoch epochAt(ScriptedCluster cluster, String node) {
        return cluster.status(node).epoch().epoch();
    }

    private static Refused refusal(ScriptedCluster cluster, RequestId asked) {
        assertThat(cluster.answer(asked)).isInstanceOf(Refused.class);
        return (Refused) Objects.requireNonNull(cluster.answer(asked));
    }

    private static String leaderSeenBy(ScriptedCluster cluster, String node) {
        return cluster.status(node).leader().map(leader -> leader.dataCenter()).orElse("nobody");
    }

    @Test
    void aLeaderIsElectedByThreeOfFourOnceTwoOfSixVoteNoMore() {
        ScriptedCluster cluster = ledBy("a", "a", "b", "c", "d", "e", "f");
        cluster.kill("e");
        cluster.kill("f");
        RequestId asked = cluster.vote("a", ofSeconds(10), "a", "b", "c", "d");
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        for (String node : List.of("a", "b", "c", "d")) {
            assertThat(epochAt(cluster, node).voters()).containsExactly("a-1", "b-1", "c-1", "d-1");
        }
        cluster.kill("a");
        cluster.run(ofSeconds(15));
        assertThat(leaderSeenBy(cluster, "c")).isIn("b", "c", "d").isEqualTo(leaderSeenBy(cluster, "d"));
        assertThat(epochAt(cluster, "c").settled()).isTrue();
    }

    @Test
    void aVoterThatIsGoneIsReplacedByAnotherNode() {
        ScriptedCluster cluster = ledBy("a", "a", "b", "c", "d");
        RequestId first = cluster.vote("a", ofSeconds(10), "a", "b", "c");
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(first)).isInstanceOf(EpochBegun.class);
        cluster.kill("c");
        cluster.step("a", new RetirementRequested(new RequestId(1_000_000), "c-1"));
        cluster.run(ofSeconds(3));
        RequestId retired = cluster.vote("a", ofSeconds(10), "a", "c", "d");
        assertThat(refusal(cluster, retired).reason()).isEqualTo(Refusal.NO_SUCH_VOTERS);
        assertThat(refusal(cluster, retired).detail()).contains("[c-1]").contains("retired: leave them out");
        RequestId asked = cluster.vote("a", ofSeconds(10), "a", "b", "d");
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(epochAt(cluster, "d").voters()).containsExactly("a-1", "b-1", "d-1");
    }

    @Test
    void nobodyChangesVotersPastAnElectionThatItHasNotHeardOf() {
        TwoReigns trap = new TwoReigns();
        trap.rivalIsElected();
        RequestId asked = trap.fifthIsToVote();
        assertThat(refusal(trap.cluster, asked).reason()).isEqualTo(Refusal.NO_MAJORITY);
        assertThat(epochAt(trap.cluster, "d").voters()).doesNotContain("e-1");
        trap.cluster.heal();
        trap.cluster.intercept((link, message) -> message);
        trap.cluster.run(ofSeconds(5));
        assertThat(leaderSeenBy(trap.cluster, "d")).isEqualTo("a");
        RequestId again = trap.cluster.vote("a", ofSeconds(5), "a", "b", "c", "d", "e");
        trap.cluster.run(ofSeconds(3));
        assertThat(trap.cluster.answer(again)).isInstanceOf(EpochBegun.class);
    }

    /** The same where voters say that they would promise, and not whether they know, and heed, what the change is based on. */
    @Test
    void withoutThatTwoWouldLeadWhoseMajoritiesHaveNobodyInCommon() {
        TwoReigns trap = new TwoReigns();
        trap.isBasisPassedOver = true;
        trap.rivalIsElected();
        assertThat(trap.cluster.answer(trap.fifthIsToVote())).isNull();
        assertThat(epochAt(trap.cluster, "d").voters()).contains("e-1");
        trap.firstVotesNoMore();
        assertThat(epochAt(trap.cluster, "a").voters()).containsExactly("a-1", "b-1", "c-1");
        trap.firstIsElectedAgain();
        assertThat(trap.cluster.status("a").epoch().leads()).isTrue();
        assertThat(trap.cluster.status("d").epoch().leads()).isTrue();
    }

    /** Else those who elect the next leader but one might have no majority in common with those who have it. */
    @Test
    void votersChangeOnlyOnceMoreThanHalfHaveWhatTheLeaderHas() {
        ScriptedCluster cluster = ledBy("a", "a", "b", "c", "d");
        cluster.intercept(
                (link, message) -> message instanceof Entries entries ? new Entries(entries.id(), List.of()) : message);
        cluster.put("a", "k", "nobody else has it");
        RequestId asked = cluster.vote("a", ofSeconds(3), "a", "b", "c");
        cluster.run(ofSeconds(4));
        assertThat(refusal(cluster, asked).detail())
                .startsWith(
                        "the voters of partition 0 are [a-1, b-1, c-1, d-1] now, of whom [d-1] are still to leave and"
                                + " [] to join, for")
                .contains("[b-1, c-1, d-1] did not");
        cluster.intercept((link, message) -> message);
        cluster.run(ofSeconds(3));
        RequestId again = cluster.vote("a", ofSeconds(3), "a", "b", "c");
        cluster.run(ofSeconds(3));
        assertThat(cluster.answer(again)).isInstanceOf(EpochBegun.class);
    }

    @Test
    void withoutAMajorityOfTheVotersThereIsNoChange() {
        ScriptedCluster cluster = ledBy("a", "a", "b", "c", "d");
        cluster.kill("c");
        cluster.kill("d");
        RequestId asked = cluster.vote("a", ofSeconds(3), "a", "b");
        cluster.run(ofSeconds(4));
        assertThat(refusal(cluster, asked).reason()).isEqualTo(Refusal.NO_MAJORITY);
        assertThat(refusal(cluster, asked).detail()).contains("[c-1, d-1] did not");
    }

    @Test
    void underManyLeadersAnybodyIsAsked() {
        ScriptedCluster cluster = ScriptedCluster.running("a", "b", "c", "d");
        RequestId asked = cluster.vote("c", ofSeconds(10), "a", "b", "d");
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(epochAt(cluster, "a").voters()).containsExactly("a-1", "b-1", "d-1");
        assertThat(epochAt(cluster, "a").mode()).isEqualTo(ReplicationMode.multiLeader());
        RequestId back = cluster.vote("a", ofSeconds(10), "a", "c");
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(back)).isInstanceOf(EpochBegun.class);
        assertThat(epochAt(cluster, "d").voters()).containsExactly("a-1", "c-1");
    }

    @Test
    void theLeaderMayBeNoVoter() {
        ScriptedCluster cluster = ledBy("a", "a", "b", "c", "d");
        RequestId asked = cluster.vote("a", ofSeconds(10), "b", "c", "d");
        cluster.run(ofSeconds(5));
        assertThat(cluster.answer(asked)).isInstanceOf(EpochBegun.class);
        assertThat(leaderSeenBy(cluster, "d")).isEqualTo("a");
        cluster.kill("a");
        cluster.run(ofSeconds(10));
        assertThat(leaderSeenBy(cluster, "d")).isIn("b", "c", "d");
    }

    @Test
    void whoCannotVoteIsRefusedWithTheReason() {
        ScriptedCluster cluster = ledBy("a", "a", "b", "c");
        Refused nobody = refusal(cluster, cluster.vote("a", ofSeconds(3)));
        assertThat(nobody.reason()).isEqualTo(Refusal.NO_SUCH_VOTERS);
        assertThat(nobody.detail()).contains("at least one voter").contains("name who is to vote");
        Refused unknown = refusal(cluster, cluster.vote("a", ofSeconds(3), "a", "b", "x"));
        assertThat(unknown.reason()).isEqualTo(Refusal.NO_SUCH_VOTERS);
        assertThat(unknown.detail()).contains("[x-1]").contains("mend their names");
        Refused follower = refusal(cluster, cluster.vote("b", ofSeconds(3), "a", "b"));
        assertThat(follower.reason()).isEqualTo(Refusal.NOT_LEADER);
        RequestId first = cluster.vote("a", ofSeconds(3), "a", "b");
        Refused busy = refusal(cluster, cluster.vote("a", ofSeconds(3), "a", "c"));
        assertThat(busy.reason()).isEqualTo(Refusal.OVERLOADED);
        cluster.run(ofSeconds(3));
        assertThat(cluster.answer(first)).isInstanceOf(EpochBegun.class);
    }

    /**
     * The trap of changing voters one at a time (Ongaro, <i>Bug in single-server membership changes</i>, raft-dev, 2015). Of four voters {@code d} leads. Then {@code a} is
     * elected, and those who elected it don't hear that it leads; {@code d}, which hears nothing at all, is asked to have {@code e} vote; {@code a} is asked to let {@code d}
     * vote no more; and then {@code d} is to be elected by {@code c} and {@code e}, while {@code a} and {@code b} are a majority of three.
     */
    private static final class TwoReigns {

        private final ScriptedCluster cluster = ledBy(LED_BY_HAND, "d", "a", "b", "c", "d", "e");
        private static final PeerMessage NOTHING = new EpochIs(Epoch.initial(List.of()), Ballot.zero(), false);

        private final Set<Ballot> changing = new TreeSet<>();
        private final Set<String> silent = new TreeSet<>();
        private boolean isBasisPassedOver;

        TwoReigns() {
            RequestId four = cluster.vote("d", ofSeconds(5), "a", "b", "c", "d");
            cluster.run(ofSeconds(3));
            assertThat(cluster.answer(four)).isInstanceOf(EpochBegun.class);
            cluster.intercept(this::onItsWay);
        }

        void rivalIsElected() {
            isolate("d");
            cluster.run(ofSeconds(4));
            silent.addAll(List.of("a>b", "a>c", "a>e"));
            RequestId elected = cluster.begin("a", Optional.empty(), ofSeconds(3));
            cluster.run(ofMillis(100));
            assertThat(cluster.answer(elected)).isInstanceOf(EpochBegun.class);
            assertThat(epochAt(cluster, "b").leader())
                    .as("b has not heard")
                    .isEqualTo(epochAt(cluster, "d").leader());
        }

        RequestId fifthIsToVote() {
            isolate("a");
            silent.addAll(List.of("b>d", "c>d"));
            cluster.heal("d", "b");
            cluster.heal("d", "c");
            RequestId asked = cluster.vote("d", ofSeconds(5), "a", "b", "c", "d", "e");
            until(() -> epochAt(cluster, "d").voters().contains("e-1"));
            return asked;
        }

        void firstVotesNoMore() {
            isolate("d");
            silent.addAll(List.of("b>a", "c>a"));
            cluster.heal("a", "b");
            cluster.heal("a", "c");
            cluster.vote("a", ofSeconds(5), "a", "b", "c");
            until(() -> !epochAt(cluster, "a").voters().contains("d-1"));
        }

        /** So that nobody hears of it. */
        private void until(BooleanSupplier isBegun) {
            for (int turns = 0; turns < 300 && !isBegun.getAsBoolean(); turns++) {
                cluster.run(ofMillis(10));
            }
        }

        void firstIsElectedAgain() {
            cluster.cut("a", "c");
            cluster.cut("b", "c");
            cluster.cut("b", "e");
            cluster.heal("d", "c");
            cluster.heal("d", "e");
            silent.clear();
            cluster.run(ofSeconds(3));
            cluster.begin("d", Optional.empty(), ofSeconds(5));
            cluster.run(ofSeconds(4));
        }

        private void isolate(String node) {
            List.of("a", "b", "c", "d", "e").forEach(other -> cluster.cut(node, other));
        }

        /** On silent links only what concerns an election arrives. */
        private PeerMessage onItsWay(String link, PeerMessage message) {
            if (message instanceof WantPromise want && isBasisPassedOver && want.stage() == Stage.PROBE_HEEDED) {
                if (want.proposed().voters().equals(want.basis().voters())) {
                    return NOTHING;
                }
                changing.add(want.proposed().ballot());
                return new WantPromise(want.proposed(), want.basis(), Stage.PROBE_ANYWAY);
            }
            if (message instanceof Promised promised
                    && promised.stage() == Stage.PROBE_ANYWAY
                    && changing.contains(promised.ballot())) {
                return new Promised(promised.ballot(), Stage.PROBE_HEEDED, promised.applied(), promised.unsettled());
            }
            boolean isOfElection = message instanceof Promised || message instanceof WantPromise;
            boolean isAnswerToOne = message instanceof EpochIs && !isBasisPassedOver && !link.startsWith("a>");
            return !silent.contains(link) || isOfElection || isAnswerToOne ? message : NOTHING;
        }
    }
}
