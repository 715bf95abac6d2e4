package io.entente.core.replica;

import io.entente.conflict.clock.HybridTimestamp;
import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Step;
import io.entente.core.event.Event;
import io.entente.core.event.Event.ClockJudged;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.PeersChanged;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.SpareTimeCame;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.VerifyRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.Registration;
import io.entente.core.message.ReplicationMode;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.PartOperation;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Start.Standing;
import io.entente.core.store.memory.MemoryStore;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A few replicas on a perfect network, for scenarios that read like a script: nothing happens by chance, every message takes one
 * turn of ten milliseconds, and what goes over the wire is written down.
 *
 * <p>Node {@code eu} is named {@code eu-1} and is alone in data center {@code eu}; nodes {@code us-1} and {@code us-2} share data center {@code us}.
 */
final class ScriptedCluster {

    private static final Duration TURN = Duration.ofMillis(10);
    private static final int TURNS_A_TICK = 5;

    private final Set<NodeId> nodes = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, Replica> up = new LinkedHashMap<>();
    private final Map<String, MemoryStore> disks = new LinkedHashMap<>();
    private final Map<RequestId, Reply> answers = new LinkedHashMap<>();
    private final Map<String, Long> clockOffsetsMillis = new LinkedHashMap<>();
    private final Set<String> cut = new LinkedHashSet<>();
    private final List<String> alarms = new ArrayList<>();
    private final Transcript transcript = new Transcript(this::nameOf);
    private long turnsASpareTime = 1;
    private final Set<String> wantSpareTime = new LinkedHashSet<>();
    private List<OnTheWay> wire = new ArrayList<>();
    private BiFunction<String, PeerMessage, PeerMessage> interceptor = (link, message) -> message;
    private final List<String> notices = new ArrayList<>();
    private final Set<String> caughtUp = new LinkedHashSet<>();
    private final Set<String> degraded = new LinkedHashSet<>();
    private final boolean membersNamed;
    private Limits limits = Limits.defaults();
    private boolean keeping;
    private long turns;
    private long requests;
    private long starts;
    private long bytesOfLastStep;

    ScriptedCluster(boolean membersNamed, String... dataCenters) {
        this.membersNamed = membersNamed;
        names.addAll(List.of(dataCenters));
        for (String dataCenter : dataCenters) {
            nodes.add(nodeOf(dataCenter));
        }
    }

    private record OnTheWay(NodeId from, NodeId to, PeerMessage message) {}

    private static NodeId nodeOf(String name) {
        int dash = name.indexOf('-');
        return dash < 0 ? new NodeId(name, name + "-1") : new NodeId(name.substring(0, dash), name);
    }

    private String nameOf(NodeId node) {
        return names.contains(node.node()) ? node.node() : node.dataCenter();
    }

    /** All nodes up, admitted, and at rest: the first founds the cluster. */
    static ScriptedCluster running(String... dataCenters) {
        return running(Limits.defaults(), dataCenters);
    }

    /** The same with other bounds. */
    static ScriptedCluster running(Limits limits, String... dataCenters) {
        ScriptedCluster cluster = new ScriptedCluster(true, dataCenters);
        cluster.limits = limits;
        for (String dataCenter : dataCenters) {
            cluster.start(dataCenter, dataCenter.equals(dataCenters[0]) ? Standing.FOUNDED : Standing.NEW);
        }
        cluster.run(Duration.ofSeconds(2));
        cluster.transcript.clear();
        return cluster;
    }

    void start(String dataCenter, Standing standing) {
        NodeId node = nodeOf(dataCenter);
        long random = ++starts;
        Set<String> members = new TreeSet<>();
        if (membersNamed) {
            nodes.forEach(each -> members.add(each.node()));
        }
        ReplicaSettings settings =
                new ReplicaSettings(node, 0, members, TopologyPlan.allToAll(), Timing.defaults(), limits);
        Origin incarnation = new Origin(node.dataCenter(), node.node(), 1_000 + random, random);
        Start start = new Start(standing, incarnation, new Registration(random, random), random);
        up.put(dataCenter, Replica.recover(settings, new DamagedReads(disk(dataCenter)), start, now(dataCenter)));
        step(dataCenter, new PeersChanged(nodes));
    }

    /** From now on writes ask, or don't, that their versions be kept as ancestors. */
    void keepAncestors(boolean yes) {
        keeping = yes;
    }

    void setClockBack(String dataCenter, Duration by) {
        clockOffsetsMillis.put(dataCenter, -by.toMillis());
    }

    /** A node has compared its clock with the others'. */
    void judgeClock(String at, boolean trusted) {
        step(at, new ClockJudged(trusted));
    }

    boolean isUp(String dataCenter) {
        return up.containsKey(dataCenter);
    }

    /** Whether a node said last that it has caught up. */
    boolean saysItsWritesAreDegraded(String dataCenter) {
        return degraded.contains(dataCenter);
    }

    boolean saysItHasCaughtUp(String dataCenter) {
        return caughtUp.contains(dataCenter);
    }

    void kill(String dataCenter) {
        up.remove(dataCenter);
        caughtUp.remove(dataCenter);
    }

    void wipe(String dataCenter) {
        kill(dataCenter);
        disks.remove(dataCenter);
    }

    MemoryStore disk(String dataCenter) {
        return disks.computeIfAbsent(dataCenter, name -> new MemoryStore());
    }

    void cut(String one, String other) {
        cut.add(one + ">" + other);
        cut.add(other + ">" + one);
    }

    void heal(String one, String other) {
        cut.remove(one + ">" + other);
        cut.remove(other + ">" + one);
    }

    void heal() {
        cut.clear();
    }

    /** Changes messages on the way; the link is {@code from>to}. */
    void intercept(BiFunction<String, PeerMessage, PeerMessage> change) {
        interceptor = change;
    }

    void run(Duration time) {
        for (long end = turns + time.dividedBy(TURN); turns < end; turns++) {
            if (turns % TURNS_A_TICK == 0) {
                List.copyOf(up.keySet()).forEach(name -> step(name, new Ticked()));
            }
            if (turns % turnsASpareTime == 0) {
                giveSpareTime();
            }
            List<OnTheWay> arriving = wire;
            wire = new ArrayList<>();
            arriving.forEach(this::arrive);
        }
    }

    /** From now on who wants spare time gets it so often. */
    void spareTimeEvery(Duration time) {
        turnsASpareTime = time.dividedBy(TURN);
    }

    private void giveSpareTime() {
        List<String> wanting = List.copyOf(wantSpareTime);
        wantSpareTime.clear();
        wanting.stream().filter(up::containsKey).forEach(name -> step(name, new SpareTimeCame()));
    }

    private void arrive(OnTheWay packet) {
        String to = nameOf(packet.to);
        String link = nameOf(packet.from) + ">" + to;
        if (up.containsKey(to) && !cut.contains(link)) {
            transcript.write(packet.from, packet.to, packet.message);
            step(to, new MessageReceived(packet.from, interceptor.apply(link, packet.message)));
        }
    }

    RequestId put(String at, String key, String value) {
        return write(at, key, Payload.value(Bytes.utf8(value)), WriteCondition.none());
    }

    RequestId put(String at, String key, String value, WriteCondition condition) {
        return write(at, key, Payload.value(Bytes.utf8(value)), condition);
    }

    /** Has a replica compared with the others. */
    RequestId verify(String at, Duration timeout) {
        RequestId id = new RequestId(++requests);
        step(at, new VerifyRequested(id, timeout, false));
        return id;
    }

    RequestId delete(String at, String key) {
        return write(at, key, Payload.deletion(), WriteCondition.none());
    }

    RequestId operate(String at, String key, PartOperation... operations) {
        return write(at, key, Payload.operations(operations), WriteCondition.none());
    }

    void deleteInOneStepWith(String at, String key, Event then) {
        step(at, writeRequested(key, Payload.deletion(), WriteCondition.none()), then);
    }

    /** An operator wants a node to begin an epoch. */
    RequestId begin(String at, Optional<ReplicationMode> mode, Duration timeout) {
        RequestId id = new RequestId(++requests);
        step(at, new EpochRequested(id, mode, timeout));
        return id;
    }

    /** An operator wants a leader, or anybody where nobody leads, to have those data centers' nodes vote. */
    RequestId vote(String at, Duration timeout, String... voters) {
        SortedSet<String> nodesNamed = new TreeSet<>();
        for (String voter : voters) {
            nodesNamed.add(nodeOf(voter).node());
        }
        RequestId id = new RequestId(++requests);
        step(at, new EpochRequested(id, Optional.empty(), Optional.of(nodesNamed), timeout));
        return id;
    }

    private RequestId write(String at, String key, Payload payload, WriteCondition condition) {
        WriteRequested request = writeRequested(key, payload, condition);
        step(at, request);
        return request.id();
    }

    private WriteRequested writeRequested(String key, Payload payload, WriteCondition condition) {
        RequestId id = new RequestId(++requests);
        Duration timeout = Duration.ofSeconds(2);
        return new WriteRequested(id, keyOf(key), payload, condition, WriteConcern.async(), timeout, keeping);
    }

    private static RecordKey keyOf(String key) {
        return new RecordKey("map", key);
    }

    /** The answer to a request, if there is one yet. */
    @Nullable
    Reply answer(RequestId id) {
        return answers.get(id);
    }

    /** The values at a node, deletions as {@code null} in words. */
    List<String> read(String at, String key) {
        return siblings(at, key).versions().stream().map(ScriptedCluster::text).toList();
    }

    /** The values that those at a node descend from. */
    List<String> ancestors(String at, String key) {
        return siblings(at, key).ancestors().stream().map(ScriptedCluster::text).toList();
    }

    private static String text(Sibling version) {
        return version.payload() instanceof Payload.Value value
                ? value.content().utf8()
                : "deleted";
    }

    /** The timestamps at a node. */
    List<HybridTimestamp> timestamps(String at, String key) {
        return siblings(at, key).versions().stream().map(Sibling::timestamp).toList();
    }

    CausalContext context(String at, String key) {
        return siblings(at, key).context();
    }

    Siblings siblings(String at, String key) {
        RequestId id = new RequestId(++requests);
        step(at, new ReadRequested(id, keyOf(key), VersionVector.empty(), Duration.ofSeconds(1)));
        return ((Reply.Found) java.util.Objects.requireNonNull(answers.get(id))).siblings();
    }

    ReplicaStatus status(String at) {
        return replica(at).status(now(at));
    }

    Optional<String> waitsFor(String at) {
        return status(at).waitsFor();
    }

    List<String> alarms() {
        return alarms;
    }

    /** What replicas told that is no alarm. */
    List<String> notices() {
        return notices;
    }

    /** What arrived, without what is said at regular intervals: subscriptions and entries. */
    List<String> transcript() {
        return transcript.lines();
    }

    void step(String at, Event... events) {
        Step step = replica(at).step(now(at), List.of(events));
        disk(at).commit(step.durable());
        bytesOfLastStep = step.durable().bytes();
        for (Effect effect : step.then()) {
            effect.perform(new Performer(at));
        }
    }

    /** About how many bytes the last step of any node wrote. */
    long bytesOfLastStep() {
        return bytesOfLastStep;
    }

    private Replica replica(String at) {
        Replica replica = up.get(at);
        if (replica == null) {
            throw new IllegalStateException(at + " is down");
        }
        return replica;
    }

    private Now now(String at) {
        long nanos = turns * TURN.toNanos();
        long offsetMillis = clockOffsetsMillis.getOrDefault(at, 0L);
        return new Now(1_800_000_000_000L + offsetMillis + nanos / 1_000_000, nanos);
    }

    private final class Performer implements Effect.Interpreter {

        private final String at;

        private Performer(String at) {
            this.at = at;
        }

        @Override
        public void send(Effect.Send send) {
            wire.add(new OnTheWay(nodeOf(at), send.to(), send.message()));
        }

        @Override
        public void answer(Effect.Answer answer) {
            answers.put(answer.request(), answer.reply());
        }

        @Override
        public void nameLeader(Effect.NameLeader effect) {}

        @Override
        public void noteCaughtUp(Effect.NoteCaughtUp effect) {
            if (effect.caughtUp()) {
                caughtUp.add(at);
            } else {
                caughtUp.remove(at);
            }
        }

        @Override
        public void noteDegraded(Effect.NoteDegraded effect) {
            if (effect.degraded()) {
                degraded.add(at);
            } else {
                degraded.remove(at);
            }
        }

        @Override
        public void comeBack(Effect.ComeBack effect) {}

        @Override
        public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {
            wantSpareTime.add(at);
        }

        @Override
        public void tell(Effect.Tell tell) {
            (tell.severity() == Effect.Severity.ALARM ? alarms : notices).add(at + ": " + tell.text());
        }
    }
}
