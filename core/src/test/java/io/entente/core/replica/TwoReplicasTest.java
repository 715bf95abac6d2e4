package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Written;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.Registration;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two data centers, step by step: how a write travels, and what two concurrent ones leave. */
class TwoReplicasTest {

    private static final NodeId EU = new NodeId("eu", "eu-1");
    private static final NodeId US = new NodeId("us", "us-1");
    private static final RecordKey KEY = new RecordKey("users", "alice");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<NodeId, Site> sites = new LinkedHashMap<>();
    private final Deque<Effect.Send> wire = new ArrayDeque<>();
    private final Deque<NodeId> senders = new ArrayDeque<>();
    private final Map<RequestId, Reply> answers = new LinkedHashMap<>();
    private long nanos;
    private long requests;

    TwoReplicasTest() {
        start(EU, Standing.FOUNDED, 1);
        start(US, Standing.NEW, 2);
        settle();
    }

    @Test
    void aWriteTravels() {
        Written written = (Written) answerTo(put(EU, "at eu"));
        settle();
        assertThat(read(US)).containsExactly("at eu");
        assertThat(site(US).replica.applied().contains(written.dot())).isTrue();
    }

    @Test
    void concurrentWritesAreSiblingsInTheSameOrderEverywhere() {
        put(EU, "at eu");
        put(US, "at us");
        settle();
        assertThat(read(EU)).containsExactlyInAnyOrder("at eu", "at us").isEqualTo(read(US));
    }

    @Test
    void aWriteThatHasSeenSiblingsReplacesThem() {
        put(EU, "at eu");
        put(US, "at us");
        settle();
        put(US, "both");
        settle();
        assertThat(read(EU)).containsExactly("both");
    }

    @Test
    void aDeletionSeenByAllLeavesNothing() {
        put(EU, "at eu");
        settle();
        request(US, write(Payload.deletion(), WriteCondition.none(), WriteConcern.async()));
        settle();
        settle();
        assertThat(site(EU).replica.status(now()).purgeHeldBackBy()).isEmpty();
        Found found = (Found) answerTo(request(EU, new ReadRequested(next(), KEY, VersionVector.empty(), TIMEOUT)));
        assertThat(found.siblings().isEmpty()).isTrue();
    }

    @Test
    void aWriteConcernOfTwoDataCentersIsAnsweredWhenBothHaveIt() {
        RequestId id = request(EU, write(value("x"), WriteCondition.none(), WriteConcern.dataCenters(2)));
        assertThat(answers).doesNotContainKey(id);
        settle();
        assertThat(answers.get(id)).isInstanceOf(Written.class);
    }

    private RequestId put(NodeId at, String text) {
        return request(at, write(value(text), WriteCondition.none(), WriteConcern.async()));
    }

    private List<String> read(NodeId at) {
        Found found = (Found) answerTo(request(at, new ReadRequested(next(), KEY, VersionVector.empty(), TIMEOUT)));
        return found.siblings().versions().stream()
                .map(version -> ((Payload.Value) version.payload()).content().utf8())
                .toList();
    }

    private WriteRequested write(Payload payload, WriteCondition condition, WriteConcern concern) {
        return new WriteRequested(next(), KEY, payload, condition, concern, TIMEOUT);
    }

    private static Payload value(String text) {
        return Payload.value(Bytes.utf8(text));
    }

    private Reply answerTo(RequestId id) {
        Reply reply = answers.get(id);
        assertThat(reply).as("an answer to " + id).isNotNull();
        return reply;
    }

    private RequestId next() {
        return new RequestId(++requests);
    }

    private RequestId request(NodeId at, Event event) {
        step(at, event);
        return new RequestId(requests);
    }

    private void start(NodeId node, Standing standing, long random) {
        Origin incarnation = new Origin(node.dataCenter(), node.node(), 1_000 + random, random);
        Start start = new Start(standing, incarnation, new Registration(random, random), random);
        ReplicaSettings settings = new ReplicaSettings(
                node, 0, Set.of("eu-1", "us-1"), TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        MemoryStore store = new MemoryStore();
        sites.put(node, new Site(store, Replica.recover(settings, store, start, now())));
    }

    /** Runs both until time and messages have brought them together. */
    private void settle() {
        for (int round = 0; round < 40; round++) {
            nanos += Duration.ofMillis(100).toNanos();
            for (NodeId node : List.copyOf(sites.keySet())) {
                NodeId other = node.equals(EU) ? US : EU;
                step(node, new PeersChanged(Set.of(other)), new Ticked());
            }
            while (!wire.isEmpty()) {
                Effect.Send send = wire.remove();
                step(send.to(), new MessageReceived(senders.remove(), send.message()));
            }
        }
    }

    private void step(NodeId node, Event... events) {
        Site site = site(node);
        Step step = site.replica.step(now(), new ArrayList<>(List.of(events)));
        site.store.commit(step.durable());
        for (Effect effect : step.then()) {
            effect.perform(new Effect.Interpreter() {
                @Override
                public void send(Effect.Send send) {
                    wire.add(send);
                    senders.add(node);
                }

                @Override
                public void answer(Effect.Answer answer) {
                    answers.put(answer.request(), answer.reply());
                }

                @Override
                public void nameLeader(Effect.NameLeader effect) {}

                @Override
                public void comeBack(Effect.ComeBack effect) {}

                @Override
                public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {}

                @Override
                public void tell(Effect.Tell tell) {
                    assertThat(tell.severity()).as(tell.text()).isNotEqualTo(Effect.Severity.ALARM);
                }
            });
        }
    }

    private Site site(NodeId node) {
        return java.util.Objects.requireNonNull(sites.get(node));
    }

    private Now now() {
        return new Now(1_000_000 + nanos / 1_000_000, nanos);
    }

    private record Site(MemoryStore store, Replica replica) {}
}
