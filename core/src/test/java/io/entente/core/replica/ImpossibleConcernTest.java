package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes for which more copies are asked than there are: refused before they are made, where nobody can come who would make them possible. */
class ImpossibleConcernTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private long requests = 1_000;

    @Test
    void aWriteToMoreCopiesThanThereAreIsNotMade() {
        ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
        Refused refused = refused(cluster, write(cluster, "us", WriteConcern.replicas(4)));
        assertThat(refused.reason()).isEqualTo(Refusal.TOO_MANY_COPIES);
        assertThat(refused.detail()).contains("4 copies", "has 3", "ask for at most that many, or add nodes");
        assertThat(cluster.read("us", "k")).isEmpty();
    }

    @Test
    void aWriteToMoreDataCentersThanThereAreIsNotMade() {
        ScriptedCluster cluster = ScriptedCluster.running("eu-1", "eu-2", "us-1");
        Refused refused = refused(cluster, write(cluster, "eu-1", WriteConcern.dataCenters(3)));
        assertThat(refused.reason()).isEqualTo(Refusal.TOO_MANY_COPIES);
        assertThat(refused.detail()).contains("3 data centers", "2, at [eu, us]");
        assertThat(cluster.read("eu-1", "k")).isEmpty();
    }

    @Test
    void whoIsDownMayComeBack() {
        ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
        cluster.kill("ap");
        cluster.run(Duration.ofSeconds(4));
        RequestId written = write(cluster, "us", WriteConcern.replicas(3));
        assertThat(cluster.answer(written)).isNull();
        cluster.start("ap", Standing.INTACT);
        cluster.run(TIMEOUT);
        assertThat(cluster.answer(written)).isInstanceOf(Reply.Written.class);
    }

    @Test
    void aMemberThatIsNamedMayComeThoughNobodyHasMetIt() {
        ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
        cluster.step("us", new PeersChanged(Set.of(new NodeId("eu", "eu-1"))));
        RequestId written = write(cluster, "us", WriteConcern.replicas(3));
        assertThat(cluster.answer(written)).isNull();
        Refused refused = refused(cluster, write(cluster, "us", WriteConcern.replicas(4)));
        assertThat(refused.detail()).contains("3 at the most");
    }

    @Test
    void whereNobodyIsNamedThoseAreCountedWhoAreKnownAsForReads() {
        ScriptedCluster cluster = new ScriptedCluster(false, "eu", "us");
        cluster.start("eu", Standing.FOUNDED);
        cluster.start("us", Standing.NEW);
        cluster.run(Duration.ofSeconds(2));
        Refused refused = refused(cluster, write(cluster, "eu", WriteConcern.replicas(3)));
        assertThat(refused.detail()).contains("the partition has 2");
    }

    @Test
    void whoIsRetiredIsWaitedForByNobodyOnceItIsSealedOff() {
        ScriptedCluster cluster = ScriptedCluster.running("eu", "us", "ap");
        cluster.kill("ap");
        cluster.step("eu", new RetirementRequested(new RequestId(++requests), "ap-1"));
        cluster.run(Duration.ofSeconds(4));
        Refused refused = refused(cluster, write(cluster, "us", WriteConcern.replicas(3)));
        assertThat(refused.detail()).contains("the partition has 2");
    }

    private RequestId write(ScriptedCluster cluster, String at, WriteConcern concern) {
        RequestId id = new RequestId(++requests);
        Payload payload = Payload.value(Bytes.utf8("v"));
        RecordKey key = new RecordKey("map", "k");
        cluster.step(at, new WriteRequested(id, key, payload, WriteCondition.none(), concern, TIMEOUT, false));
        return id;
    }

    private static Refused refused(ScriptedCluster cluster, RequestId request) {
        return (Refused) Objects.requireNonNull(cluster.answer(request), "no answer");
    }
}
