package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.WantVector;
import io.entente.core.message.RoundId;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By how many copies quorums are measured while some are retired. */
class CountingTheRetiredTest {

    private static final RecordKey KEY = new RecordKey("map", "k");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private long requests = 2_000_000;

    @Test
    void whoIsHaltedCountsUntilItIsSealedOff() {
        ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap", "sa");
        cluster.kill("ap");
        cluster.kill("sa");
        retire(cluster, "eu", "ap-1");
        cluster.run(seconds(1));
        RequestId early = write(cluster, "eu", "of four copies only two are there");
        cluster.run(seconds(3));
        assertThat(cluster.answer(early)).isInstanceOf(Reply.ConcernTimedOut.class);

        cluster.start("sa", Standing.INTACT);
        cluster.run(seconds(3));
        assertThat(cluster.status("eu").retired()).containsExactly("ap-1");
        cluster.kill("sa");
        cluster.run(seconds(3));
        RequestId late = write(cluster, "eu", "of three copies two are there");
        cluster.run(seconds(1));
        assertThat(cluster.answer(late)).isInstanceOf(Reply.Written.class);
    }

    @Test
    void whoMeasuresByFewerCopiesHasWhatTheRetiredOnesWereCountedFor() {
        ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap", "sa", "af");
        Set<String> late = Set.of("us", "ap");
        cluster.intercept(
                (link, message) -> message instanceof Entries && late.contains(link.substring(link.indexOf('>') + 1))
                        ? new WantVector(new RoundId(0, 1))
                        : message);
        RequestId written = write(cluster, "eu", "at eu, sa and af");
        cluster.run(seconds(1));
        assertThat(cluster.answer(written)).isInstanceOf(Reply.Written.class);
        cluster.kill("sa");
        cluster.kill("af");
        retire(cluster, "eu", "sa-1");
        retire(cluster, "eu", "af-1");
        cluster.run(seconds(5));
        cluster.kill("eu");
        RequestId missing = read(cluster, "us");
        cluster.run(seconds(3));
        assertThat(cluster.answer(missing))
                .as("the copies at us and ap are two of five")
                .isInstanceOf(Reply.Refused.class);

        cluster.intercept((link, message) -> message);
        cluster.start("eu", Standing.INTACT);
        cluster.run(seconds(20));
        assertThat(cluster.status("us").retired()).containsExactly("af-1", "sa-1");
        cluster.kill("eu");
        RequestId read = read(cluster, "us");
        cluster.run(seconds(1));
        assertThat(values((Found) Objects.requireNonNull(cluster.answer(read)))).containsExactly("at eu, sa and af");
    }

    private static List<String> values(Found found) {
        return found.siblings().versions().stream()
                .map(version -> ((Payload.Value) version.payload()).content().utf8())
                .toList();
    }

    private RequestId write(ScriptedCluster cluster, String at, String value) {
        RequestId id = new RequestId(++requests);
        Payload payload = Payload.value(Bytes.utf8(value));
        cluster.step(
                at, new WriteRequested(id, KEY, payload, WriteCondition.none(), WriteConcern.quorum(), TIMEOUT, false));
        return id;
    }

    private RequestId read(ScriptedCluster cluster, String at) {
        RequestId id = new RequestId(++requests);
        cluster.step(at, new ReadRequested(id, KEY, ReadConcern.quorum(), VersionVector.empty(), TIMEOUT));
        return id;
    }

    private void retire(ScriptedCluster cluster, String at, String node) {
        RequestId id = new RequestId(++requests);
        cluster.step(at, new RetirementRequested(id, node));
        assertThat(cluster.answer(id)).isEqualTo(new Reply.Accepted());
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
