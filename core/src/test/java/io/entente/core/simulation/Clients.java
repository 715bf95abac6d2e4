package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.CausalContext;
import io.entente.conflict.version.VersionVector;
import io.entente.core.bytes.Bytes;
import io.entente.core.effect.Reply;
import io.entente.core.event.Event;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.VerifyRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.RequestId;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.Ballot;
import io.entente.core.message.NodeId;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Payload;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients: they ask for writes and reads, remember what they are shown, and check every answer with the judge. */
final class Clients {

    private final World world;
    private final Chance chance;
    private final Answers answers;
    private final List<RecordKey> keys = new ArrayList<>();
    private final List<VersionVector> sessions = new ArrayList<>();
    private final Map<RecordKey, List<CausalContext>> contexts = new LinkedHashMap<>();
    private final Map<RequestId, Open> open = new LinkedHashMap<>();
    private final Map<RequestId, Write> writes = new LinkedHashMap<>();
    private final Set<RequestId> operators = new HashSet<>();
    private long requests;
    private boolean working;

    Clients(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.answers = new Answers(world);
        for (int i = world.scenario().load().keys(); i > 0; i--) {
            keys.add(new RecordKey(chance.of(0.5) ? "m" : "map", "k" + i));
        }
        for (int i = world.scenario().load().sessions(); i > 0; i--) {
            sessions.add(VersionVector.empty());
        }
    }

    /** A session of those that keep it themselves. */
    private static final int NO_SESSION = -1;

    /** A request that is not answered yet, and who is to hear of the answer; of none when the node goes down before. */
    record Open(
            NodeId at,
            Event request,
            int session,
            long askedNanos,
            boolean admittedThen,
            Ballot epochThen,
            Consumer<Optional<Reply>> then) {}

    void begin() {
        working = true;
        sessions.forEach(session -> next());
    }

    void end() {
        working = false;
    }

    private void next() {
        world.schedule().after(chance.millis(1, world.scenario().load().everyMillis()), () -> {
            if (working) {
                act();
                next();
            }
        });
    }

    boolean allAnswered() {
        return open.isEmpty();
    }

    /** Requests at a node that crashed are never answered. */
    void forget(NodeId node) {
        List<Open> unanswered = new ArrayList<>(open.values());
        unanswered.removeIf(request -> !request.at.equals(node));
        open.values().removeAll(unanswered);
        unanswered.forEach(request -> request.then.accept(Optional.empty()));
    }

    private void act() {
        List<SimulatedNode> up = world.up();
        if (up.isEmpty()) {
            return;
        }
        SimulatedNode at = routed(chance.oneOf(up));
        RecordKey key = chance.oneOf(keys);
        int session = chance.between(0, sessions.size() - 1);
        if (chance.of(0.3)) {
            VersionVector atLeast = chance.of(0.6) ? sessions.get(session) : VersionVector.empty();
            ask(at, session, new ReadRequested(nextId(), key, atLeast, timeout()));
        } else {
            Payload payload = chance.of(world.scenario().load().deletions())
                    ? Payload.deletion()
                    : Payload.value(Bytes.utf8("v" + (requests + 1)));
            if (!payload.isDeletion() || !isDeleting(at.id(), key)) {
                ask(at, session, write(key, payload, condition(key), concern(), timeout()));
            }
        }
    }

    /** Where data centers have several nodes, most requests go to whom a node sees as leader; it may be wrong. */
    private SimulatedNode routed(SimulatedNode asked) {
        if (!world.scenario().hasFollowers() || chance.of(0.3)) {
            return asked;
        }
        return asked.status()
                .leader()
                .map(world::node)
                .filter(SimulatedNode::isUp)
                .orElse(asked);
    }

    /** Whether some writes of that key ask to be kept as ancestors: those of one of the maps. */
    boolean mayAsk(RecordKey key) {
        return key.map().equals("map");
    }

    /** Whether a write asks; in some histories nodes disagree, as when a map is configured anew. */
    private boolean asks(RequestId id, RecordKey key) {
        long seed = world.scenario().seed();
        boolean disagree = seed % 4 == 0;
        return mayAsk(key) && !(disagree && new Chance(seed * 31 + id.number()).of(0.2));
    }

    /** A write of a new value, to be held by all nodes; those that stand in count for none, so nobody waits for them. */
    void probe(SimulatedNode at, Duration timeout) {
        Payload value = Payload.value(Bytes.utf8("probe" + requests));
        long homes = world.up().stream()
                .filter(node -> !world.scenario().standsIn(node.id()))
                .count();
        WriteConcern all = WriteConcern.replicas((int) homes);
        ask(at, 0, write(chance.oneOf(keys), value, WriteCondition.none(), all, timeout));
    }

    /** Deletes everything, so that everything can be purged. */
    void deleteAll(SimulatedNode at, Duration timeout) {
        for (RecordKey key : keys) {
            ask(at, 0, write(key, Payload.deletion(), WriteCondition.none(), WriteConcern.async(), timeout));
        }
    }

    private WriteRequested write(
            RecordKey key, Payload payload, WriteCondition condition, WriteConcern concern, Duration timeout) {
        RequestId id = nextId();
        return new WriteRequested(id, key, payload, condition, concern, timeout, asks(id, key));
    }

    private void ask(SimulatedNode at, int session, Event request) {
        ask(at, session, request, reply -> {});
    }

    /** Asks on behalf of a client with a session of its own. */
    void ask(SimulatedNode at, Event request, Consumer<Optional<Reply>> then) {
        ask(at, NO_SESSION, request, then);
    }

    private void ask(SimulatedNode at, int session, Event request, Consumer<Optional<Reply>> then) {
        if (request instanceof WriteRequested write && world.rot().isRotten(at, write.key())) {
            return;
        }
        RequestId id = idOf(request);
        open.put(
                id,
                new Open(
                        at.id(),
                        request,
                        session,
                        world.schedule().nowNanos(),
                        world.judge().isAdmitted(at.id()),
                        at.epoch().epoch().ballot(),
                        then));
        world.trace().note(id.number(), () -> "a client asks " + at.id() + ": " + request);
        at.handle(world.surgery().request(request, at.running()));
    }

    /** Operations on parts of a mergeable value. */
    void operate(SimulatedNode at, RecordKey key, Payload.Operations operations, Duration timeout) {
        ask(at, 0, new WriteRequested(nextId(), key, operations, WriteCondition.none(), WriteConcern.async(), timeout));
    }

    /** A comparison of records. */
    void verify(SimulatedNode at, Duration timeout) {
        ask(at, 0, new VerifyRequested(nextId(), timeout, chance.of(0.3)));
    }

    private static RequestId idOf(Event request) {
        if (request instanceof VerifyRequested verify) {
            return verify.id();
        }
        if (request instanceof EpochRequested epoch) {
            return epoch.id();
        }
        return request instanceof WriteRequested write ? write.id() : ((ReadRequested) request).id();
    }

    /** Names an operator's request, whose answer nobody waits for. */
    RequestId operatorsRequest() {
        RequestId id = nextId();
        operators.add(id);
        return id;
    }

    RequestId nextId() {
        return new RequestId(++requests);
    }

    private Duration timeout() {
        return Duration.ofMillis(chance.of(0.2) ? chance.between(0, 100) : chance.between(100, 3_000));
    }

    private WriteCondition condition(RecordKey key) {
        List<CausalContext> known = contexts.getOrDefault(key, List.of());
        int kind = chance.between(0, 9);
        if (kind < 5) {
            return WriteCondition.none();
        }
        if (kind == 5) {
            return WriteCondition.ifAbsent();
        }
        boolean fresh = chance.of(0.7);
        CausalContext context = known.isEmpty() || chance.of(0.1)
                ? CausalContext.empty()
                : fresh ? known.get(known.size() - 1) : chance.oneOf(known);
        return kind < 8 ? WriteCondition.seen(context) : WriteCondition.ifCurrent(context);
    }

    private WriteConcern concern() {
        int nodes = world.scenario().nodes().size();
        if (world.scenario().hasFollowers() && chance.of(0.2)) {
            return chance.of(0.7) ? WriteConcern.localQuorum() : WriteConcern.quorum();
        }
        return chance.of(0.7)
                ? WriteConcern.async()
                : chance.of(0.5)
                        ? WriteConcern.replicas(chance.between(2, nodes))
                        : WriteConcern.dataCenters(chance.between(2, nodes));
    }

    private boolean isDeleting(NodeId at, RecordKey key) {
        return open.values().stream()
                .anyMatch(request -> request.at.equals(at)
                        && request.request instanceof WriteRequested write
                        && write.payload().isDeletion()
                        && write.key().equals(key)
                        && !writes.containsKey(write.id()));
    }

    /** Whether a write of that key waits at that node. */
    boolean isWriting(NodeId at, RecordKey key) {
        return open.values().stream()
                .anyMatch(request -> request.at.equals(at)
                        && request.request instanceof WriteRequested write
                        && write.key().equals(key));
    }

    /** The request that an entry came from: the one of that value, or the deletion of that key at that node. */
    WriteRequested requestFor(NodeId node, RecordKey key, Payload payload) {
        for (Open each : open.values()) {
            if (each.at.equals(node)
                    && each.request instanceof WriteRequested write
                    && write.key().equals(key)
                    && write.payload().equals(Operating.asRequested(payload))
                    && !writes.containsKey(write.id())) {
                return write;
            }
        }
        throw new Violation(Law.DOT_UNIQUE, node + " has a write of " + key + " that nobody asked for: " + payload);
    }

    /** The write that a request became, if it did. */
    @Nullable
    Write madeOf(RequestId request) {
        return writes.get(request);
    }

    /** The write that a request became. */
    void became(RequestId request, Write write) {
        writes.put(request, write);
    }

    void answered(NodeId node, RequestId id, Reply reply) {
        world.trace().note(id.number() * 31 + reply.hashCode(), () -> node + " answers " + id + ": " + reply);
        if (operators.remove(id)) {
            return;
        }
        Open request = open.remove(id);
        if (request == null || !request.at.equals(node)) {
            throw new Violation(Law.ANSWER, node + " answers " + id + ", which is not open: " + reply);
        }
        if (request.request instanceof EpochRequested) {
            request.then.accept(Optional.of(reply));
            return;
        }
        @Nullable Write write = writes.get(id);
        answers.check(request, write, reply);
        if (reply instanceof Reply.Found found) {
            remember(
                    request,
                    ((ReadRequested) request.request).key(),
                    found.siblings().context(),
                    found.applied());
        } else if (reply instanceof Reply.Verified verified) {
            world.verified(verified);
        } else if (reply instanceof Reply.Written written) {
            remember(request, ((WriteRequested) request.request).key(), written.context(), written.applied());
        }
        unless(
                !(reply instanceof Reply.Refused) || write == null,
                Law.ANSWER,
                () -> node + " refused " + id + ", but wrote " + write);
        request.then.accept(Optional.of(reply));
    }

    private void remember(Open request, RecordKey key, CausalContext context, VersionVector applied) {
        if (request.session == NO_SESSION) {
            return;
        }
        contexts.computeIfAbsent(key, k -> new ArrayList<>()).add(context);
        sessions.set(request.session, sessions.get(request.session).join(applied));
    }
}
