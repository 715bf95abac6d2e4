package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.RequestId;
import io.entente.core.message.PeerMessage.VectorIs;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.mode.ReadConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads by quorum, one situation after the other; messages take ten milliseconds. */
class QuorumReadTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
    private long requests = 1_000;

    @Test
    void aReadHasWhatAnyOfItsCopiesHas() {
        cluster.cut("eu", "us");
        cluster.put("eu", "k", "new");
        run(30);
        assertThat(cluster.read("us", "k")).isEmpty();
        RequestId read = read("us", ReadConcern.quorum());
        run(400);
        assertThat(found(read)).containsExactly("new");
    }

    @Test
    void aReadOfOneCopyAsksNobody() {
        List<String> asked = asked();
        RequestId read = read("us", ReadConcern.replicas(1));
        assertThat(found(read)).isEmpty();
        run(100);
        assertThat(asked).isEmpty();
    }

    @Test
    void readsThatComeTogetherShareARound() {
        List<String> asked = asked();
        List<RequestId> reads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            reads.add(read("us", ReadConcern.quorum()));
        }
        run(100);
        assertThat(reads).allSatisfy(read -> assertThat(found(read)).isEmpty());
        assertThat(asked)
                .as("two copies, asked once for the first read and once for the others")
                .hasSize(4);
    }

    @Test
    void anAnswerIsWorthNothingToAReadThatCameAfterItsQuestion() {
        RequestId before = read("us", ReadConcern.quorum());
        run(10);
        cluster.cut("us", "eu");
        cluster.cut("us", "ap");
        RequestId after = read("us", ReadConcern.replicas(3));
        run(1_000);
        assertThat(cluster.answer(after)).isNull();
        assertThat(cluster.answer(before)).isNull();
    }

    @Test
    void aQuestionThatWasLostIsAskedAgain() {
        cluster.cut("us", "eu");
        cluster.cut("us", "ap");
        RequestId read = read("us", ReadConcern.quorum());
        run(100);
        cluster.heal();
        run(500);
        assertThat(found(read)).isEmpty();
    }

    @Test
    void aReadWithoutItsQuorumSaysWhoIsMissing() {
        cluster.kill("eu");
        cluster.kill("ap");
        RequestId read = read("us", ReadConcern.quorum());
        run(1_900);
        assertThat(cluster.answer(read)).isNull();
        run(300);
        Refused refused = (Refused) java.util.Objects.requireNonNull(cluster.answer(read));
        assertThat(refused.reason()).isEqualTo(Refusal.NO_QUORUM);
        assertThat(refused.detail()).contains("needs 2 of the 3 copies", "only 1 answered", "eu-1", "ap-1");
    }

    @Test
    void aReadOfMoreCopiesThanThereAreIsRefusedAtOnce() {
        Refused refused =
                (Refused) java.util.Objects.requireNonNull(cluster.answer(read("us", ReadConcern.replicas(4))));
        assertThat(refused.reason()).isEqualTo(Refusal.TOO_MANY_COPIES);
        assertThat(refused.detail()).contains("a read of 4 copies", "the partition has 3");
    }

    @Test
    void aCopyThatMayHaveLostDataAnswersForNobody() {
        cluster.wipe("ap");
        cluster.kill("eu");
        cluster.start("ap", Standing.NEW);
        run(500);
        RequestId read = read("us", ReadConcern.quorum());
        run(1_000);
        assertThat(cluster.answer(read)).isNull();
        cluster.start("eu", Standing.INTACT);
        run(1_000);
        assertThat(found(read)).isEmpty();
    }

    @Test
    void aDelayedAnswerToAnEarlierStartCountsForNothing() {
        List<VectorIs> answers = new ArrayList<>();
        cluster.intercept((link, message) -> {
            if (message instanceof VectorIs answer) {
                answers.add(answer);
            }
            return message;
        });
        read("us", ReadConcern.quorum());
        run(50);
        assertThat(answers).isNotEmpty();
        cluster.kill("us");
        cluster.start("us", Standing.INTACT);
        cluster.cut("us", "eu");
        cluster.cut("us", "ap");
        RequestId read = read("us", ReadConcern.quorum());
        for (VectorIs answer : answers) {
            cluster.step(
                    "us",
                    new io.entente.core.event.Event.MessageReceived(
                            answer.report().node(), answer));
        }
        assertThat(cluster.answer(read)).isNull();
    }

    /** The links over which questions go from now on. */
    private List<String> asked() {
        List<String> links = new ArrayList<>();
        cluster.intercept((link, message) -> {
            if (message instanceof WantVector) {
                links.add(link);
            }
            return message;
        });
        return links;
    }

    private RequestId read(String at, ReadConcern concern) {
        RequestId id = new RequestId(++requests);
        cluster.step(at, new ReadRequested(id, new RecordKey("map", "k"), concern, VersionVector.empty(), TIMEOUT));
        return id;
    }

    private List<String> found(RequestId read) {
        Optional<Reply> reply = Optional.ofNullable(cluster.answer(read));
        assertThat(reply).containsInstanceOf(Found.class);
        return ((Found) reply.orElseThrow())
                .siblings().versions().stream()
                        .map(version ->
                                ((Payload.Value) version.payload()).content().utf8())
                        .toList();
    }

    private void run(long millis) {
        cluster.run(Duration.ofMillis(millis));
    }
}
