package io.entente.core.simulation;

import io.entente.core.effect.Reply;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.replica.Founding;
import io.entente.core.topology.Copies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Everything of one history: its nodes, the network between them, the clients before them and the judge over them. */
final class World {

    private final Scenario scenario;
    private final Surgery surgery;
    private final Schedule schedule = new Schedule();
    private final Tally tally = new Tally();
    private final Trace trace;
    private final Network network;
    private final Judge judge;
    private final Clients clients;
    private final Map<NodeId, SimulatedNode> nodes = new LinkedHashMap<>();
    private Rot rot;
    private ReplicationMode founded = ReplicationMode.multiLeader();
    private final Set<String> voters = new TreeSet<>();
    private Consumer<Reply.Verified> verifications = verified -> {};

    World(Scenario scenario, Chance chance, Surgery surgery, java.util.Optional<Consumer<String>> listener) {
        this.scenario = scenario;
        this.surgery = surgery;
        this.trace = listener.map(to -> Trace.told(schedule, to)).orElseGet(() -> Trace.silent(schedule));
        this.network = new Network(this, chance.split());
        this.judge = new Judge(this);
        this.clients = new Clients(this, chance.split());
        for (NodeId id : scenario.nodes()) {
            nodes.put(id, new SimulatedNode(id, this, chance.split()));
            judge.knows(id);
        }
        nodes.values().forEach(node -> node.canAddress(others(node.id())));
        this.rot = Rot.none(this, chance);
    }

    /** Copies at these nodes, of which those that are no homes stand in. */
    Copies copies(Collection<NodeId> nodes) {
        List<NodeId> standIns = nodes.stream().filter(scenario()::standsIn).toList();
        return Copies.of(nodes).standingIn(standIns);
    }

    /** Some disk changes rows by itself. */
    void rots(Rot somewhere) {
        rot = somewhere;
    }

    Rot rot() {
        return rot;
    }

    /** The cluster is founded with that mode. */
    void found(ReplicationMode mode) {
        founded = mode;
    }

    /** The cluster is founded with those voters, and not all members. */
    void foundVoters(Collection<String> names) {
        voters.addAll(names);
    }

    /** The rules that a node begins with that has those members. */
    Founding founding(Collection<String> members) {
        return new Founding(founded, new TreeSet<>(voters.isEmpty() ? members : voters));
    }

    /** From now on verifications are looked at. */
    void onVerified(Consumer<Reply.Verified> listener) {
        verifications = listener;
    }

    void verified(Reply.Verified verified) {
        verifications.accept(verified);
    }

    Scenario scenario() {
        return scenario;
    }

    Surgery surgery() {
        return surgery;
    }

    Schedule schedule() {
        return schedule;
    }

    Tally tally() {
        return tally;
    }

    Trace trace() {
        return trace;
    }

    Network network() {
        return network;
    }

    Judge judge() {
        return judge;
    }

    Clients clients() {
        return clients;
    }

    SimulatedNode node(NodeId id) {
        SimulatedNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no node " + id);
        }
        return node;
    }

    List<SimulatedNode> nodes() {
        return List.copyOf(nodes.values());
    }

    List<SimulatedNode> up() {
        List<SimulatedNode> up = new ArrayList<>();
        for (SimulatedNode node : nodes.values()) {
            if (node.isUp()) {
                up.add(node);
            }
        }
        return up;
    }

    java.util.Set<NodeId> others(NodeId than) {
        java.util.Set<NodeId> others = new java.util.LinkedHashSet<>(scenario.nodes());
        others.remove(than);
        return others;
    }
}
