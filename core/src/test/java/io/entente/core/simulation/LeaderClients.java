package io.entente.core.simulation;

import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Acknowledgement;
import io.entente.core.message.ReplicationMode;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.replica.EpochStatus;
import io.entente.core.simulation.StrongHistory.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clients of a partition that a leader is to lead, and its operator, who moves the lead and changes the mode while they work. What they
 * are told must fit into one order.
 */
final class LeaderClients {

    private static final int EVERY_MILLIS = 120;

    private final World world;
    private final Chance chance;
    private final StrongHistory history;
    private final Nemesis nemesis;
    private final List<RecordKey> keys = new ArrayList<>();
    private final Failover failover;
    private final boolean changesModes;
    private long values;
    private boolean active = true;

    LeaderClients(World world, Faults faults, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.history = new StrongHistory(world.judge().ledger(), world.judge()::survives);
        this.nemesis = new Nemesis(world, faults, chance.split(), at -> ask(at, Optional.empty()));
        this.failover = chance.of(0.7) ? Failover.AUTOMATIC : Failover.MANUAL;
        this.changesModes = chance.of(0.4);
        if (chance.of(0.6)) {
            world.found(singleLeader());
        }
        for (int i = chance.between(1, 2); i > 0; i--) {
            keys.add(new RecordKey("led", "k" + i));
        }
    }

    void begin() {
        for (int sessions = chance.between(2, 5); sessions > 0; sessions--) {
            goOn();
        }
        operate();
        nemesis.begin();
    }

    void end() {
        active = false;
        nemesis.end();
    }

    /** Whether what clients were told fits into one order. */
    void judge() {
        history.judge();
    }

    /** Until there is a leader the operator asks again and again; then now and then, for another one or another mode. */
    private void operate() {
        boolean led = world.up().stream()
                .anyMatch(node -> isManual()
                        ? node.epoch().leads()
                        : node.epoch().epoch().mode().isSingleLeader());
        world.schedule().after(led ? chance.millis(500, 5_000) : chance.millis(50, 1_000), () -> {
            List<SimulatedNode> up = world.up();
            if (active && !up.isEmpty()) {
                SimulatedNode at = chance.oneOf(up);
                boolean leave = led && changesModes && chance.of(0.4);
                ask(at, leave ? otherMode() : led && chance.of(0.6) ? Optional.empty() : Optional.of(singleLeader()));
            }
            if (active) {
                operate();
            }
        });
    }

    private Optional<ReplicationMode> otherMode() {
        return Optional.of(chance.of(0.7) ? ReplicationMode.multiLeader() : ReplicationMode.leaderless());
    }

    private ReplicationMode singleLeader() {
        Acknowledgement acknowledgement = chance.oneOf(List.of(
                Acknowledgement.async(),
                Acknowledgement.async(),
                Acknowledgement.semiSync(1),
                Acknowledgement.sync(),
                Acknowledgement.chain()));
        return ReplicationMode.singleLeader(acknowledgement, failover);
    }

    private void ask(SimulatedNode at, Optional<ReplicationMode> mode) {
        Duration timeout = Duration.ofMillis(chance.between(500, 5_000));
        EpochRequested request = new EpochRequested(world.clients().nextId(), mode, timeout);
        world.clients().ask(at, request, reply -> {
            if (reply.isPresent() && reply.get() instanceof EpochBegun begun) {
                world.tally().count(begun.epoch().leader().isPresent() ? Path.LEADER_NAMED : Path.MODE_CHANGED);
            }
        });
    }

    private void goOn() {
        world.schedule().after(chance.millis(1, EVERY_MILLIS), () -> {
            List<SimulatedNode> up = world.up();
            if (active && up.isEmpty()) {
                goOn();
            } else if (active) {
                SimulatedNode at = routed(chance.oneOf(up));
                if (chance.of(0.5)) {
                    read(at, chance.oneOf(keys));
                } else {
                    write(at, chance.oneOf(keys));
                }
            }
        });
    }

    /** Most ask whom some node takes for the leader, or who takes itself for it; both may be wrong. */
    private SimulatedNode routed(SimulatedNode asked) {
        if (chance.of(0.1)) {
            return asked;
        }
        List<SimulatedNode> leading =
                world.up().stream().filter(node -> node.epoch().leads()).toList();
        if (!leading.isEmpty() && chance.of(0.5)) {
            return chance.oneOf(leading);
        }
        return asked.epoch()
                .epoch()
                .leader()
                .map(world::node)
                .filter(SimulatedNode::isUp)
                .orElse(asked);
    }

    /** Another one that takes itself for the leader: a client who has just been told something looks whether that one knows it. */
    private Optional<SimulatedNode> leaderBut(SimulatedNode one) {
        return world.up().stream()
                .filter(node -> node != one && node.epoch().leads())
                .findFirst();
    }

    private Duration timeout() {
        return Duration.ofMillis(chance.between(100, 2_000));
    }

    private void read(SimulatedNode at, RecordKey key) {
        long asked = world.schedule().nowNanos();
        ReadRequested read = new ReadRequested(
                world.clients().nextId(), key, ReadConcern.leader(), VersionVector.empty(), timeout());
        world.clients().ask(at, read, reply -> {
            if (reply.isPresent() && reply.get() instanceof Found found) {
                List<Sibling> versions = found.siblings().versions();
                history.shown(
                        key,
                        versions.stream().map(Sibling::dot).toList(),
                        asked,
                        world.schedule().nowNanos());
                world.tally().count(Path.LEADER_READ);
            }
            goOn();
        });
    }

    private void write(SimulatedNode at, RecordKey key) {
        WriteConcern concern = chance.of(0.8) ? WriteConcern.quorum() : WriteConcern.async();
        RequestId id = world.clients().nextId();
        EpochStatus before = at.epoch();
        long asked = world.schedule().nowNanos();
        WriteRequested write = new WriteRequested(
                id,
                key,
                Payload.value(Bytes.utf8("w" + ++values)),
                WriteCondition.none(),
                concern,
                timeout(),
                false,
                VersionVector.empty());
        StrongHistory.Asked open = history.asked(
                key, asked, () -> Optional.ofNullable(world.clients().madeOf(id)));
        world.clients().ask(at, write, reply -> {
            Told told = told(at, before, concern, reply);
            if (told != Told.NOTHING) {
                history.told(open, told, world.schedule().nowNanos());
            }
            world.tally().count(told == Told.STRONG ? Path.LEADER_WRITTEN : Path.WRITTEN_WITHOUT_MAJORITY);
            Optional<SimulatedNode> other = leaderBut(at);
            if (told == Told.STRONG && other.isPresent() && active) {
                read(other.get(), key);
            } else {
                goOn();
            }
        });
    }

    /** What the answer is worth, by the epoch in which the write was certainly made. */
    private static Told told(SimulatedNode at, EpochStatus before, WriteConcern concern, Optional<Reply> reply) {
        boolean isDone = reply.isPresent() && reply.get() instanceof Written;
        boolean sameEpoch = isDone
                && before.heeded()
                && at.epoch().epoch().ballot().equals(before.epoch().ballot());
        if (!sameEpoch) {
            return Told.NOTHING;
        }
        if (!before.epoch().mode().isSingleLeader()) {
            return Told.WEAK;
        }
        boolean isStrong = before.leads() && before.epoch().settled() && concern.equals(WriteConcern.quorum());
        return isStrong ? Told.STRONG : Told.NOTHING;
    }

    /** What keeps the partition from having a leader, after all faults; an operator has to help where failover is manual. */
    String whatIsMissing() {
        List<SimulatedNode> nodes = world.nodes();
        for (SimulatedNode node : nodes) {
            if (!node.isUp() || node.isPaused() || !node.epoch().heeded()) {
                return node.id() + " heeds no epoch";
            }
            if (!node.epoch().epoch().equals(nodes.get(0).epoch().epoch())) {
                return node.id() + " knows another epoch than " + nodes.get(0).id();
            }
        }
        boolean led = nodes.stream()
                .anyMatch(node -> node.epoch().leads() && node.epoch().epoch().settled());
        return led || !nodes.get(0).epoch().epoch().mode().isSingleLeader() ? "" : "nobody leads";
    }

    /** Last reads of every key where there is a leader: they must succeed. */
    LastReads lastReads() {
        return new LastReads(world, history, keys);
    }

    /** From now on everybody originates again. */
    void release() {
        ask(chance.oneOf(world.up()), Optional.of(ReplicationMode.multiLeader()));
    }

    /** Names some leader. */
    void help() {
        ask(chance.oneOf(world.up()), Optional.empty());
    }

    /** Whether an operator is needed when a leader is gone. */
    boolean isManual() {
        return failover == Failover.MANUAL;
    }

    /** Whether everybody originates. */
    boolean isReleased() {
        return world.nodes().stream()
                .allMatch(node -> node.isUp()
                        && node.epoch().heeded()
                        && node.epoch().epoch().mode().equals(ReplicationMode.multiLeader()));
    }
}
