package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.ConcernTimedOut;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import io.entente.core.topology.Copies;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three homes, and a fourth node that stands in for those that can't be heard: sloppy quorums and hinted handoff, step by step. */
class SloppyQuorumTest {

    private static final List<String> NAMES = List.of("us-1", "us-2", "us-3", "us-4");
    private static final NodeId STAND_IN = new NodeId("us", "us-4");
    private static final RecordKey KEY = new RecordKey("map", "k");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Longer than it takes to find that a node is silent. */
    private static final int SILENCE_MILLIS = 2_500;

    private final ScriptedCluster cluster = ScriptedCluster.running(NAMES.toArray(String[]::new));
    private long requests = 1_000;

    SloppyQuorumTest() {
        NAMES.forEach(this::toldOfStandIn);
    }

    @Test
    void aStandInDoesNotCountWhileAllHomesAreHeard() {
        RequestId before = write("us-1", "v", WriteConcern.replicas(3));
        run(500);
        assertThat(answer(before)).isInstanceOf(Written.class);
        cluster.intercept((link, message) -> link.endsWith(">us-3") && message instanceof Entries entries
                ? new Entries(entries.id(), List.of())
                : message);
        RequestId three = write("us-1", "w", WriteConcern.replicas(3));
        run(2_000);
        ConcernTimedOut late = (ConcernTimedOut) answer(three);
        assertThat(late.acknowledgedBy())
                .as("who has it, be it for others")
                .contains(STAND_IN)
                .hasSize(3);
    }

    @Test
    void aWriteToMoreThanTheHomesIsRefused() {
        Refused refused = (Refused) answer(write("us-1", "v", WriteConcern.replicas(4)));
        assertThat(refused.detail()).contains("the partition has 3").doesNotContain("us-4");
    }

    @Test
    void aReadOfMoreThanTheHomesIsRefused() {
        Refused refused = (Refused) answer(read("us-1", ReadConcern.replicas(4)));
        assertThat(refused.detail()).contains("the partition has 3").doesNotContain("us-4");
    }

    @Test
    void aStandInCountsForAHomeThatIsSilent() {
        cluster.kill("us-2");
        cluster.kill("us-3");
        run(SILENCE_MILLIS);
        RequestId two = write("us-1", "v", WriteConcern.quorum());
        RequestId read = read("us-1", ReadConcern.quorum());
        run(500);
        assertThat(answer(two)).isInstanceOf(Written.class);
        assertThat(answer(read)).isInstanceOf(Found.class);
    }

    @Test
    void whatAStandInHoldsIsHandedOverToTheHomesThatReturn() {
        cluster.kill("us-2");
        cluster.kill("us-3");
        run(SILENCE_MILLIS);
        write("us-1", "v", WriteConcern.quorum());
        run(500);
        cluster.kill("us-1");
        start("us-2");
        run(SILENCE_MILLIS);
        assertThat(cluster.read("us-2", "k")).containsExactly("v");
    }

    @Test
    void aStandInTakesWritesItselfWhenNoHomeDoes() {
        Stream.of("us-1", "us-2", "us-3").forEach(cluster::kill);
        run(SILENCE_MILLIS);
        RequestId one = write("us-4", "v", WriteConcern.async());
        RequestId two = write("us-4", "w", WriteConcern.quorum());
        run(1_500);
        assertThat(answer(one)).isInstanceOf(Written.class);
        assertThat(answer(two)).as("one stand-in counts once").isInstanceOf(ConcernTimedOut.class);
        start("us-3");
        run(SILENCE_MILLIS);
        assertThat(cluster.read("us-3", "k")).containsExactly("w");
    }

    private void start(String name) {
        cluster.start(name, Standing.INTACT);
        toldOfStandIn(name);
    }

    private void toldOfStandIn(String name) {
        List<NodeId> nodes = NAMES.stream().map(each -> new NodeId("us", each)).toList();
        cluster.step(name, new PeersChanged(Copies.of(nodes).standingIn(List.of(STAND_IN))));
    }

    private RequestId write(String at, String value, WriteConcern concern) {
        RequestId id = new RequestId(++requests);
        Payload payload = Payload.value(Bytes.utf8(value));
        cluster.step(at, new WriteRequested(id, KEY, payload, WriteCondition.none(), concern, TIMEOUT, false));
        return id;
    }

    private RequestId read(String at, ReadConcern concern) {
        RequestId id = new RequestId(++requests);
        cluster.step(at, new ReadRequested(id, KEY, concern, VersionVector.empty(), TIMEOUT));
        return id;
    }

    private Reply answer(RequestId request) {
        return Objects.requireNonNull(cluster.answer(request), "no answer");
    }

    private void run(long millis) {
        cluster.run(Duration.ofMillis(millis));
    }
}
