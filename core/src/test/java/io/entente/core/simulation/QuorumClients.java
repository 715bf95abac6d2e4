package io.entente.core.simulation;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.history.Descent;
import io.entente.core.history.QuorumJudge;
import io.entente.core.history.SessionJudge;
import io.entente.core.message.NodeId;
import io.entente.core.mode.Evidence;
import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import io.entente.core.record.Sibling;
import io.entente.core.topology.Copies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Clients of a leaderless cluster: each asks any node, one request after the other, writes what replaces the values it was shown, and reads
 * by quorum or in its session. Two judges compare what they are shown with what they were told before, value by value.
 */
final class QuorumClients {

    /** How often somebody asks, at most: an answer must have a chance to come before the next question. */
    private static final int EVERY_MILLIS = 60;

    private final World world;
    private final Chance chance;
    private final Descent descent = new Descent();
    private final SessionJudge sessionJudge = new SessionJudge(descent, broken(Law.SESSION));
    private final QuorumJudge quorumJudge;
    private final boolean sloppy;
    private final List<RecordKey> keys = new ArrayList<>();
    private final int copies;
    private final int written;
    private long values;
    private boolean active = true;

    /**
     * @param sloppy whether nodes stand in for homes, so that quorums need not meet
     */
    QuorumClients(World world, Chance chance, boolean sloppy) {
        this.world = world;
        this.chance = chance;
        this.sloppy = sloppy;
        this.quorumJudge = new QuorumJudge(
                descent,
                broken(Law.QUORUM),
                sloppy ? missed -> world.tally().count(Path.SLOPPILY_MISSED) : broken(Law.QUORUM));
        this.copies = (int) world.scenario().nodes().stream()
                .filter(node -> !world.scenario().standsIn(node))
                .count();
        this.written = chance.of(0.4) ? copies : chance.between(1, copies);
        for (int i = chance.between(1, 3); i > 0; i--) {
            keys.add(new RecordKey("quorum", "k" + i));
        }
    }

    private static Consumer<String> broken(Law law) {
        return what -> {
            throw new Violation(law, what);
        };
    }

    void begin() {
        for (int sessions = chance.between(3, 6); sessions > 0; sessions--) {
            new Session().next();
        }
        pause();
    }

    void end() {
        active = false;
    }

    /** Whoever can reach enough copies is answered. */
    void probe(SimulatedNode at) {
        probe(at, 0);
    }

    /** One key after the other: a replica may take as few as two requests at once. */
    private void probe(SimulatedNode at, int number) {
        if (number == keys.size()) {
            return;
        }
        RecordKey key = keys.get(number);
        ReadRequested read = new ReadRequested(
                world.clients().nextId(), key, ReadConcern.quorum(), VersionVector.empty(), Duration.ofSeconds(30));
        world.clients()
                .ask(
                        at,
                        read,
                        reply -> reply.ifPresent(answer -> {
                            Violation.unless(
                                    answer instanceof Found,
                                    Law.LIVENESS,
                                    () -> at.id() + " can reach a quorum of copies, and answers " + answer);
                            quorumJudge.shownAtLast(key, valuesOf((Found) answer));
                            probe(at, number + 1);
                        }));
    }

    /** Now and then a node stops for a while, as by SIGSTOP. */
    private void pause() {
        world.schedule().after(chance.millis(200, 4_000), () -> {
            if (active) {
                SimulatedNode node = chance.oneOf(world.nodes());
                if (node.isUp()) {
                    node.pause(chance.millis(50, 2_000));
                }
                pause();
            }
        });
    }

    /** Writes and reads of one name have a copy in common, in whatever way each counts them. */
    private record Quorum(String name, WriteConcern write, ReadConcern read) {}

    private Quorum quorumAt(NodeId node) {
        String dataCenter = node.dataCenter();
        return switch (chance.between(0, 3)) {
            case 0 -> new Quorum("quorum", WriteConcern.quorum(), ReadConcern.quorum());
            case 1 -> new Quorum("quorum of " + dataCenter, WriteConcern.localQuorum(), ReadConcern.localQuorum());
            default ->
                new Quorum(
                        written + " of " + copies,
                        WriteConcern.replicas(written),
                        ReadConcern.replicas(copies + 1 - written));
        };
    }

    /** What a client was last shown of a key, or wrote itself. */
    private record Shown(CausalContext context, Set<String> values) {

        private static final Shown NOTHING = new Shown(CausalContext.empty(), Set.of());
    }

    /** One client: its token, what it holds of each key, and what the judge remembers of it. */
    private final class Session {

        private VersionVector token = VersionVector.empty();
        private SessionJudge.Memory memory = new SessionJudge.Memory();
        private final Map<RecordKey, Shown> shown = new LinkedHashMap<>();

        private void next() {
            world.schedule().after(chance.millis(1, EVERY_MILLIS), () -> {
                if (active) {
                    act();
                }
            });
        }

        private void act() {
            List<SimulatedNode> up = world.up();
            if (up.isEmpty()) {
                next();
                return;
            }
            SimulatedNode at = chance.oneOf(up);
            RecordKey key = chance.oneOf(keys);
            int kind = chance.between(0, 5);
            if (kind < 3) {
                write(at, key, quorumAt(at.id()));
            } else if (kind == 3) {
                ask(at, key, quorumAt(at.id()));
            } else {
                read(at, key, quorumAt(at.id()));
            }
        }

        /** A read outside of the session, which nothing but its quorum lets wait for anything. */
        private void ask(SimulatedNode at, RecordKey key, Quorum quorum) {
            long asked = world.schedule().nowNanos();
            ReadRequested read =
                    new ReadRequested(world.clients().nextId(), key, quorum.read, VersionVector.empty(), timeout());
            world.clients().ask(at, read, reply -> {
                if (reply.isPresent() && reply.get() instanceof Found found) {
                    quorumJudge.shown(key, valuesOf(found), quorum.name, asked);
                    world.tally().count(Path.QUORUM_READ);
                }
                next();
            });
        }

        private void read(SimulatedNode at, RecordKey key, Quorum quorum) {
            boolean byQuorum = chance.of(0.5);
            long asked = world.schedule().nowNanos();
            ReadRequested read = new ReadRequested(
                    world.clients().nextId(), key, byQuorum ? quorum.read : ReadConcern.session(), token, timeout());
            world.clients().ask(at, read, reply -> {
                if (reply.isPresent() && reply.get() instanceof Found found) {
                    Set<String> values = valuesOf(found);
                    sessionJudge.shown(memory, key, values);
                    if (byQuorum) {
                        quorumJudge.shown(key, values, quorum.name, asked);
                    }
                    holds(key, new Shown(found.siblings().context(), values), found.applied());
                }
                goOn(reply);
            });
        }

        private void write(SimulatedNode at, RecordKey key, Quorum quorum) {
            String value = "q" + ++values;
            Shown before = shown.getOrDefault(key, Shown.NOTHING);
            descent.asked(value, before.values);
            sessionJudge.asked(memory, value);
            WriteRequested write = new WriteRequested(
                    world.clients().nextId(),
                    key,
                    Payload.value(Bytes.utf8(value)),
                    WriteCondition.seen(before.context),
                    quorum.write,
                    timeout(),
                    false,
                    token);
            world.clients().ask(at, write, reply -> {
                reply.ifPresent(answer -> told(key, value, quorum, at.id(), answer));
                goOn(reply);
            });
        }

        private void told(RecordKey key, String value, Quorum quorum, NodeId at, Reply answer) {
            if (answer instanceof Written done) {
                Write write = world.judge().written(done.dot());
                Judge judge = world.judge();
                QuorumJudge.Lasting lasting =
                        new QuorumJudge.Lasting(() -> judge.survives(write), () -> judge.survivesWhereItRuns(write));
                quorumJudge.acknowledged(new QuorumJudge.Acknowledged(
                        key, value, quorum.name, world.schedule().nowNanos(), lasting));
                wrote(key, value, done);
                world.tally().count(Path.QUORUM_WRITTEN);
                if (sloppy && !isHeldByHomes(quorum, write, at)) {
                    world.tally().count(Path.SLOPPILY_WRITTEN);
                }
            } else if (answer instanceof Reply.ConcernTimedOut late) {
                wrote(key, value, late.written());
            }
        }

        /** Whether no stand-in was needed, even if one was counted. */
        private boolean isHeldByHomes(Quorum quorum, Write write, NodeId at) {
            Copies all = world.copies(world.scenario().nodes());
            Set<NodeId> homes = all.counting(write.holdersWhenAcknowledged.orElse(Set.of()), home -> false);
            return quorum.write.enough(Evidence.of(at, homes, all));
        }

        private void wrote(RecordKey key, String value, Written done) {
            sessionJudge.written(memory, key, value);
            holds(key, new Shown(done.context(), Set.of(value)), done.applied());
        }

        private void holds(RecordKey key, Shown now, VersionVector applied) {
            shown.put(key, now);
            token = token.join(applied);
        }

        /** A session may have seen what is lost for good; then its client begins a new one. */
        private void goOn(Optional<Reply> reply) {
            boolean stuck = reply.isPresent()
                    && reply.get() instanceof Refused refused
                    && refused.reason() == Refusal.NOT_REACHED;
            if (stuck && chance.of(0.3)) {
                token = VersionVector.empty();
                memory = new SessionJudge.Memory();
                shown.clear();
            }
            next();
        }

        private Duration timeout() {
            return Duration.ofMillis(chance.between(100, 2_000));
        }
    }

    private static Set<String> valuesOf(Found found) {
        Set<String> values = new java.util.LinkedHashSet<>();
        for (Sibling version : found.siblings().versions()) {
            values.add(((Payload.Value) version.payload()).content().utf8());
        }
        return values;
    }
}
