package io.entente.core.simulation;

import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some time after a leader came, the voters fall apart for the rest of the history: a majority with the leader, and the others, where an operator who believes that the
 * majority is gone for good retires it. So the others come to be all members there are, as far as they know; the majority, which hears nothing of it, goes on.
 */
final class Secession {

    private static final long LOOK_EVERY_NANOS = 20_000_000L;

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private boolean active = true;
    private boolean hasBegun;

    Secession(World world, Faults faults, Chance chance) {
        this.world = world;
        this.faults = faults;
        this.chance = chance;
    }

    void begin() {
        world.schedule().after(chance.millis(300, 1_500), this::divide);
    }

    void end() {
        active = false;
    }

    /** Whether the voters have fallen apart. */
    boolean hasBegun() {
        return hasBegun;
    }

    private void divide() {
        Optional<SimulatedNode> leader = world.up().stream()
                .filter(node -> node.epoch().leads() && node.epoch().epoch().settled())
                .findFirst();
        if (active && leader.isEmpty()) {
            world.schedule().after(LOOK_EVERY_NANOS, this::divide);
        } else if (active) {
            divide(leader.get());
        }
    }

    private void divide(SimulatedNode leader) {
        hasBegun = true;
        Epoch epoch = leader.epoch().epoch();
        List<NodeId> majority = new ArrayList<>(List.of(leader.id()));
        List<NodeId> others = new ArrayList<>(world.others(leader.id()));
        while (!epoch.isMajority(majority.stream().map(NodeId::node).toList())) {
            majority.add(others.remove(chance.between(0, others.size() - 1)));
        }
        world.trace().note(51, () -> others + " secede from " + majority);
        long rest = world.scenario().trouble().nanos() - world.schedule().nowNanos();
        majority.forEach(one -> others.forEach(other -> faults.separate(one, other, rest)));
        world.schedule().after(chance.millis(0, 100), () -> retire(majority, others));
    }

    private void retire(List<NodeId> majority, List<NodeId> others) {
        Optional<NodeId> up =
                others.stream().filter(node -> world.node(node).isUp()).findFirst();
        if (active && up.isEmpty()) {
            world.schedule().after(LOOK_EVERY_NANOS, () -> retire(majority, others));
        } else if (active) {
            SimulatedNode at = world.node(up.get());
            world.trace().note(52, () -> "an operator retires " + majority + " at " + at.id());
            majority.forEach(
                    node -> at.handle(new RetirementRequested(world.clients().operatorsRequest(), node.node())));
        }
    }
}
