package io.entente.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.Registration;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.Durability;
import io.entente.core.store.rocksdb.RocksStore;
import io.entente.core.store.rocksdb.RocksStoreSettings;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Three replicas on RocksDB in one thread, each in a data center of its own, of which the first writes without end. Time passes by
 * rounds; within one, messages go to and fro until nobody has anything to say. What reaches whom is for a {@link Wire} to decide.
 */
final class SteadyLoad implements AutoCloseable {

    static final NodeId EU = new NodeId("eu", "eu-1");
    static final NodeId US = new NodeId("us", "us-1");
    static final NodeId AP = new NodeId("ap", "ap-1");
    static final int WRITES_A_ROUND = 1_000;

    private static final List<NodeId> ALL = List.of(EU, US, AP);
    private static final int KEYS = 10_000;
    private static final Duration ROUND = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<NodeId, RocksStore> stores = new LinkedHashMap<>();
    private final Map<NodeId, Replica> up = new LinkedHashMap<>();
    private final Map<NodeId, Long> entryBytes = new TreeMap<>();
    private Map<NodeId, List<Event>> arriving = new LinkedHashMap<>();
    private Wire wire = (from, to, message) -> true;
    private long nanos;
    private long written;
    private long answered;
    private long starts;

    /** Decides which messages arrive. */
    interface Wire {

        boolean lets(NodeId from, NodeId to, PeerMessage message);
    }

    SteadyLoad(Path directory) {
        for (NodeId node : ALL) {
            stores.put(node, RocksStore.open(directory.resolve(node.node()), RocksStoreSettings.of(Durability.MEMORY)));
            start(node, node.equals(EU) ? Standing.FOUNDED : Standing.NEW);
        }
        pass(Duration.ofSeconds(3));
    }

    void start(NodeId node, Standing standing) {
        Set<String> members = new TreeSet<>();
        ALL.forEach(each -> members.add(each.node()));
        ReplicaSettings settings =
                new ReplicaSettings(node, 0, members, TopologyPlan.allToAll(), Timing.defaults(), Limits.defaults());
        long random = ++starts;
        Start start = new Start(
                standing,
                new Origin(node.dataCenter(), node.node(), 1_000 + random, random),
                new Registration(random, random),
                random);
        up.put(node, Replica.recover(settings, store(node), start, now()));
        List<NodeId> others = new ArrayList<>(ALL);
        others.remove(node);
        arrive(node, new PeersChanged(others));
    }

    void kill(NodeId node) {
        up.remove(node);
    }

    void wire(Wire changed) {
        wire = changed;
    }

    Replica replica(NodeId node) {
        Replica replica = up.get(node);
        if (replica == null) {
            throw new IllegalStateException(node + " is down");
        }
        return replica;
    }

    RocksStore store(NodeId node) {
        return java.util.Objects.requireNonNull(stores.get(node));
    }

    /** How many bytes of entries have been sent to a node, arrived or not. */
    long entryBytesTo(NodeId node) {
        return entryBytes.getOrDefault(node, 0L);
    }

    /** A round in which the first node takes its writes. */
    void write() {
        for (int i = 0; i < WRITES_A_ROUND; i++) {
            arrive(EU, writeRequest(written++));
        }
        round();
        assertThat(answered).as("writes acknowledged").isEqualTo(written);
    }

    void pass(Duration time) {
        for (long rounds = time.dividedBy(ROUND); rounds > 0; rounds--) {
            round();
        }
    }

    void round() {
        nanos += ROUND.toNanos();
        up.keySet().forEach(node -> arrive(node, new Ticked()));
        while (!arriving.isEmpty()) {
            Map<NodeId, List<Event>> now = arriving;
            arriving = new LinkedHashMap<>();
            now.forEach(this::step);
        }
    }

    private static WriteRequested writeRequest(long number) {
        return new WriteRequested(
                new RequestId(number),
                new RecordKey("load", "key-" + number % KEYS),
                Payload.value(Bytes.utf8("%0100d".formatted(number))),
                WriteCondition.none(),
                WriteConcern.async(),
                TIMEOUT);
    }

    private void arrive(NodeId at, Event event) {
        arriving.computeIfAbsent(at, node -> new ArrayList<>()).add(event);
    }

    private void step(NodeId node, List<Event> events) {
        if (up.containsKey(node)) {
            Step step = replica(node).step(now(), events);
            if (!step.durable().isEmpty()) {
                store(node).commit(step.durable());
            }
            step.then().forEach(effect -> effect.perform(new Performer(node)));
        }
    }

    private Now now() {
        return new Now(1_800_000_000_000L + nanos / 1_000_000, nanos);
    }

    @Override
    public void close() {
        stores.values().forEach(RocksStore::close);
    }

    private final class Performer implements Effect.Interpreter {

        private final NodeId from;

        private Performer(NodeId from) {
            this.from = from;
        }

        @Override
        public void send(Effect.Send send) {
            if (send.message() instanceof Entries entries) {
                entryBytes.merge(send.to(), entries.entryBytes(), Long::sum);
            }
            if (up.containsKey(send.to()) && wire.lets(from, send.to(), send.message())) {
                arrive(send.to(), new MessageReceived(from, send.message()));
            }
        }

        @Override
        public void answer(Effect.Answer answer) {
            assertThat(answer.reply()).isInstanceOf(Reply.Written.class);
            answered++;
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
    }
}
