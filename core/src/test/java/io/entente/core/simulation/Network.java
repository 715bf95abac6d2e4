package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.PeerMessageCodec;
import io.entente.core.message.NodeId;
import io.entente.core.message.PeerMessage;
import io.entente.core.message.PeerMessage.Entries;
import io.entente.core.message.PeerMessage.Run;
import io.entente.core.message.PeerMessage.SnapshotChunk;
import io.entente.core.simulation.Scenario.Weather;
import io.entente.core.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The network: every message travels as bytes, and may be lost, doubled, delayed, overtaken or damaged on the way. Links can be
 * cut in one direction, or clogged.
 */
final class Network {

    /** How long a message lives at most. */
    static final long PACKET_LIFE_NANOS = 2_000_000_000L;

    private final World world;
    private final Chance chance;
    private final Set<Link> cut = new LinkedHashSet<>();
    private final Set<Link> clogged = new LinkedHashSet<>();
    private Weather weather;
    private Topology agreed = Topology.allToAll();

    Network(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.weather = world.scenario().weather();
    }

    record Link(NodeId from, NodeId to) {}

    void weather(Weather now) {
        weather = now;
    }

    /** From now on entries travel along these edges only. */
    void agreed(Topology topology) {
        agreed = topology;
    }

    void cut(NodeId from, NodeId to) {
        cut.add(new Link(from, to));
        world.tally().count(Path.LINK_CUT);
        world.trace().note(11, () -> "cut " + from + " -> " + to);
    }

    void heal(NodeId from, NodeId to) {
        cut.remove(new Link(from, to));
        world.trace().note(12, () -> "heal " + from + " -> " + to);
    }

    /** Entries and snapshots get lost there, as where large packets do; whatever is short arrives. */
    void clog(NodeId from, NodeId to) {
        clogged.add(new Link(from, to));
        world.tally().count(Path.LINK_CLOGGED);
        world.trace().note(14, () -> "clog " + from + " -> " + to);
    }

    void unclog(NodeId from, NodeId to) {
        clogged.remove(new Link(from, to));
        world.trace().note(15, () -> "unclog " + from + " -> " + to);
    }

    void healAllBut(Set<Link> forGood) {
        clogged.clear();
        cut.clear();
        cut.addAll(forGood);
        forGood.forEach(link -> world.tally().count(Path.LINK_CUT_FOR_GOOD));
        world.trace().note(13, () -> "healed, but for " + forGood);
    }

    void send(NodeId from, NodeId to, PeerMessage message) {
        countRelayed(from, message);
        requireEdge(from, to, message);
        Bytes encoded = PeerMessageCodec.encode(damagedOrNot(message));
        if (message instanceof SnapshotChunk chunk) {
            chunk.rows().stream()
                    .filter(row -> row.rest() > 0)
                    .forEach(row -> world.tally().count(Path.ROW_IN_PARTS));
            // Behind format and kind, which no checksum covers: what they are changed to is no message, or another
            // one's form.
            encoded = chance.of(weather.corruption()) ? flipped(encoded, 2) : encoded;
        }
        world.trace().note(encoded.hashCode(), () -> from + " -> " + to + ": " + message);
        if (chance.of(weather.loss()) || (isLarge(message) && clogged.contains(new Link(from, to)))) {
            return;
        }
        travel(from, to, encoded);
        if (chance.of(weather.duplication())) {
            travel(from, to, encoded);
        }
    }

    private static boolean isLarge(PeerMessage message) {
        return message instanceof Entries || message instanceof SnapshotChunk;
    }

    /** A source that can't be told to stop, since the receiver is down or its link cut, goes on until its credit ends. */
    private void requireEdge(NodeId from, NodeId to, PeerMessage message) {
        boolean isDeaf = cut.contains(new Link(to, from)) || cut.contains(new Link(from, to));
        unless(
                isDeaf
                        || !world.node(to).isUp()
                        || !(message instanceof Entries)
                        || agreed.mayPull(to.dataCenter(), from.dataCenter()),
                Law.EDGES,
                () -> from + " sends to " + to + " where there is no edge: " + message);
    }

    private void countRelayed(NodeId from, PeerMessage message) {
        if (message instanceof Entries entries) {
            boolean relayed = entries.runs().stream().anyMatch(run -> !from.isHomeOf(run.origin()));
            if (relayed) {
                world.tally().count(Path.ENTRY_RELAYED);
            }
        }
    }

    private void travel(NodeId from, NodeId to, Bytes encoded) {
        long delay = chance.of(weather.staleness())
                ? chance.millis(100, PACKET_LIFE_NANOS / 1_000_000)
                : chance.millis(1, weather.delayMillis());
        Link link = new Link(from, to);
        if (cut.contains(link)) {
            return;
        }
        world.schedule().after(delay, () -> {
            if (!cut.contains(link)) {
                world.node(to).arrived(from, encoded);
            }
        });
    }

    private PeerMessage damagedOrNot(PeerMessage message) {
        if (!(message instanceof Entries entries) || !chance.of(weather.corruption())) {
            return message;
        }
        List<Run> runs = new ArrayList<>(entries.runs());
        int at = chance.between(0, runs.size() - 1);
        Run run = runs.get(at);
        List<Bytes> encoded = new ArrayList<>(run.encoded());
        int entry = chance.between(0, encoded.size() - 1);
        encoded.set(entry, flipped(encoded.get(entry)));
        Origin origin = run.origin();
        runs.set(at, new Run(origin, run.firstSequence(), encoded));
        world.tally().count(Path.ENTRY_DAMAGED);
        return new Entries(entries.id(), runs);
    }

    private Bytes flipped(Bytes entry) {
        return flipped(entry, 0);
    }

    private Bytes flipped(Bytes message, int from) {
        byte[] bytes = message.toArray();
        bytes[chance.between(from, bytes.length - 1)] ^= (byte) (1 << chance.between(0, 7));
        return Bytes.wrap(bytes);
    }
}
