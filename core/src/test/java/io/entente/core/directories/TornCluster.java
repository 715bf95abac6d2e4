package io.entente.core.directories;

import static org.assertj.core.api.Assertions.assertThat;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.codec.OriginCodec;
import io.entente.core.codec.OriginPool;
import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.codec.SiblingsCodec;
import io.entente.core.effect.Effect;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.event.Event.MessageReceived;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.SpareTimeCame;
import io.entente.core.event.Event.Ticked;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.Now;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.journal.JournalLimits;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Siblings;
import io.entente.core.replica.Limits;
import io.entente.core.replica.ReplicaSettings;
import io.entente.core.replica.Retention;
import io.entente.core.replica.Timing;
import io.entente.core.store.StoreException;
import io.entente.core.store.directory.Recovery;
import io.entente.core.topology.TopologyPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Three nodes on real directories, in one thread and on virtual time; messages travel as bytes. */
final class TornCluster implements AutoCloseable {

    static final List<NodeId> IDS =
            List.of(new NodeId("eu", "eu-1"), new NodeId("us", "us-1"), new NodeId("ap", "ap-1"));

    /** Logs are cut off soon, so that who lost much joins a snapshot, and snapshots come in many chunks. */
    static final Retention SHORT = new Retention(Duration.ofDays(1), 4_000, Duration.ofMillis(300));

    static final Retention LONG = new Retention(Duration.ofDays(1), 1 << 30, Duration.ofDays(1));

    private static final Timing TIMING = new Timing(
            Duration.ofMillis(50),
            Duration.ofMillis(400),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofSeconds(1));

    private static final long EPOCH_MILLIS = 1_800_000_000_000L;
    private static final long TURN_NANOS = 10_000_000;
    private static final int TURNS_A_TICK = 5;
    private static final int KEYS = 12;
    private static final int LONGEST_VALUE = 1_500;

    private final SplittableRandom random;
    private final Register register;
    private final Map<NodeId, TornNode> nodes = new LinkedHashMap<>();
    private final Map<NodeId, StoreException> failed = new HashMap<>();
    private final Set<NodeId> alarmed = new HashSet<>();
    private final Set<Set<NodeId>> cuts = new HashSet<>();
    private final PeerMessageCodec codec = new PeerMessageCodec(new OriginCodec(new OriginPool()));
    private final SiblingsCodec siblings = new SiblingsCodec(new OriginCodec(new OriginPool()));
    private final Acknowledged listener;
    private final Set<NodeId> wantSpareTime = new TreeSet<>();
    private List<OnTheWay> wire = new ArrayList<>();
    private boolean damagesChunks;
    private int damagedChunks;
    private long turns;
    private long requests;

    private record OnTheWay(NodeId from, NodeId to, Bytes message) {}

    /** Hears of acknowledged writes. */
    interface Acknowledged {
        void written(NodeId at, Reply.Written written);
    }

    TornCluster(Path parent, Register register, SplittableRandom random, Retention retention, Acknowledged listener) {
        this.random = random;
        this.register = register;
        this.listener = listener;
        Set<String> members = new TreeSet<>();
        IDS.forEach(id -> members.add(id.node()));
        for (NodeId id : IDS) {
            ReplicaSettings settings =
                    new ReplicaSettings(id, 0, members, TopologyPlan.allToAll(), TIMING, limits(retention));
            nodes.put(id, new TornNode(settings, parent.resolve(id.node()), register, random.split()));
        }
    }

    private static Limits limits(Retention retention) {
        return new Limits(
                6_000, 2_000, 2_000, 20_000, 4_000, 100, 8, 16, new JournalLimits(20, 20_000, 4, 100), 2, retention);
    }

    TornNode node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    Now now() {
        return new Now(EPOCH_MILLIS + turns * TURN_NANOS / 1_000_000, turns * TURN_NANOS);
    }

    /** Starts a node; throws what its directory throws. */
    Recovery start(NodeId id, boolean founds, boolean restored) {
        failed.remove(id);
        alarmed.remove(id);
        Recovery recovery = node(id).start(founds, restored, now());
        perform(id, () -> node(id).meet(IDS, now()));
        return recovery;
    }

    /** What the node's store could not read, since it was started; its process has ended then. */
    Optional<StoreException> failure(NodeId id) {
        return Optional.ofNullable(failed.get(id));
    }

    /** Whether the node has told its operator of something wrong since it was started. */
    boolean isAlarmed(NodeId id) {
        return alarmed.contains(id);
    }

    void cut(NodeId one, NodeId other) {
        cuts.add(Set.of(one, other));
    }

    void heal() {
        cuts.clear();
    }

    /** From now on some of the chunks of snapshots arrive with one bit changed, or none does any more. */
    void damageChunks(boolean does) {
        damagesChunks = does;
    }

    int damagedChunks() {
        return damagedChunks;
    }

    /** The vector of all nodes but one together. */
    VersionVector elsewhere(NodeId but) {
        VersionVector join = VersionVector.empty();
        for (TornNode node : nodes.values()) {
            if (!node.id().equals(but) && node.isUp()) {
                join = join.join(node.applied());
            }
        }
        return join;
    }

    /** A client asks for a write of some key at a node. */
    void write(NodeId at) {
        byte[] value = new byte[1 + random.nextInt(LONGEST_VALUE)];
        random.nextBytes(value);
        Payload payload = random.nextInt(10) == 0 ? Payload.deletion() : Payload.value(Bytes.wrap(value));
        RequestId id = new RequestId(++requests);
        handle(
                at,
                new WriteRequested(
                        id, key(), payload, WriteCondition.none(), WriteConcern.async(), Duration.ofSeconds(1)));
    }

    /** A client reads some key at a node; the answer is judged. */
    void read(NodeId at) {
        reading = key();
        handle(at, new ReadRequested(new RequestId(++requests), reading, VersionVector.empty(), Duration.ofSeconds(1)));
    }

    private RecordKey reading = new RecordKey("map", "");

    private RecordKey key() {
        return new RecordKey("map", "key " + random.nextInt(KEYS));
    }

    /** Lets time pass, with clients at all nodes that run. */
    void live(int forTurns) {
        for (int turn = 0; turn < forTurns; turn++) {
            turn();
            NodeId at = IDS.get(random.nextInt(IDS.size()));
            if (random.nextInt(3) == 0) {
                write(at);
            } else if (random.nextInt(2) == 0) {
                read(at);
            }
        }
    }

    /** Lets time pass until something holds; whether it does in time. */
    boolean passUntil(Duration limit, BooleanSupplier holds) {
        for (long end = turns + limit.toNanos() / TURN_NANOS; turns < end; ) {
            if (turns % TURNS_A_TICK == 0 && holds.getAsBoolean()) {
                return true;
            }
            turn();
        }
        return holds.getAsBoolean();
    }

    /** Whether all nodes run, may write, and have the same writes. */
    boolean isAtRest() {
        VersionVector all = elsewhere(new NodeId("", ""));
        return nodes.values().stream()
                .allMatch(node ->
                        node.isUp() && node.applied().equals(all) && node.isAdmitted(now()) && !node.isJoining());
    }

    /** What keeps the nodes from being at rest, for a failure's message. */
    String unrest() {
        StringBuilder unrest = new StringBuilder();
        nodes.values()
                .forEach(node -> unrest.append(node.id())
                        .append(node.isUp() ? ": " + node.unrest(now()) : ": down")
                        .append('\n'));
        return unrest.toString();
    }

    /** A node whose store has something that can't be read, if there is one. */
    Optional<NodeId> unreadable() {
        return nodes.values().stream()
                .filter(node -> !node.isLegible())
                .map(TornNode::id)
                .findFirst();
    }

    /** A node whose process has ended because its store could not be read. */
    Optional<NodeId> failed() {
        return failed.keySet().stream().min(NodeId::compareTo);
    }

    /** Compares every record of every node with the register. */
    void judge() {
        for (TornNode node : nodes.values()) {
            String name = node.id().node();
            register.checkKept(name, node.applied());
            Map<RecordKey, Siblings> records = node.records(siblings::decode);
            register.checkRecords(name, node.applied(), records);
        }
    }

    @Override
    public void close() {
        nodes.values().stream().filter(TornNode::isUp).forEach(TornNode::kill);
    }

    private void turn() {
        turns++;
        if (turns % TURNS_A_TICK == 0) {
            IDS.forEach(id -> handle(id, new Ticked()));
        }
        List<NodeId> wanting = List.copyOf(wantSpareTime);
        wantSpareTime.clear();
        wanting.forEach(id -> handle(id, new SpareTimeCame()));
        List<OnTheWay> arriving = wire;
        wire = new ArrayList<>();
        arriving.forEach(this::arrive);
    }

    private void arrive(OnTheWay packet) {
        if (cuts.contains(Set.of(packet.from, packet.to)) || !node(packet.to).isUp()) {
            return;
        }
        PeerMessage message = codec.decode(packet.message);
        if (damagesChunks && message instanceof PeerMessage.SnapshotChunk && random.nextInt(3) == 0) {
            damagedChunks++;
            byte[] bytes = packet.message.toArray();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                message = codec.decode(Bytes.wrap(bytes));
            } catch (MalformedBytesException | io.entente.core.codec.UnsupportedFormatException noticed) {
                return;
            }
            assertThat(message).as("a chunk with a bit changed").isNotInstanceOf(PeerMessage.SnapshotChunk.class);
        }
        handle(packet.to, new MessageReceived(packet.from, message));
    }

    private void handle(NodeId at, Event event) {
        if (node(at).isUp()) {
            perform(at, () -> node(at).step(now(), List.of(event)));
        }
    }

    private interface Stepping {
        List<Effect> step();
    }

    /** A store that can't be read ends the node, as the real shell fences it. */
    private void perform(NodeId at, Stepping stepping) {
        List<Effect> effects;
        try {
            effects = stepping.step();
        } catch (StoreException unreadable) {
            failed.put(at, unreadable);
            node(at).kill();
            return;
        }
        effects.forEach(effect -> effect.perform(new Performer(at)));
    }

    private final class Performer implements Effect.Interpreter {

        private final NodeId at;

        private Performer(NodeId at) {
            this.at = at;
        }

        @Override
        public void send(Effect.Send send) {
            wire.add(new OnTheWay(at, send.to(), PeerMessageCodec.encode(send.message())));
        }

        @Override
        public void answer(Effect.Answer answer) {
            if (answer.reply() instanceof Reply.Written written) {
                register.acknowledge(written.dot());
                listener.written(at, written);
            } else if (answer.reply() instanceof Reply.Found found) {
                register.checkServed(at.node(), reading, found.siblings());
            }
        }

        @Override
        public void nameLeader(Effect.NameLeader effect) {}

        @Override
        public void comeBack(Effect.ComeBack effect) {}

        @Override
        public void comeBackWhenSpare(Effect.ComeBackWhenSpare effect) {
            wantSpareTime.add(at);
        }

        @Override
        public void tell(Effect.Tell tell) {
            if (tell.severity() == Effect.Severity.ALARM) {
                alarmed.add(at);
            }
        }
    }
}
