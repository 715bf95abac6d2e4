package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Strikes where it hurts: whoever leads stops for a while, as by SIGSTOP, or hears but one of the others, who hears all; who may end and
 * begin anew then, or lose data; and another one may be named leader meanwhile.
 */
final class Nemesis {

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private final Consumer<SimulatedNode> operator;
    private boolean active = true;

    /**
     * @param operator has a node become the leader
     */
    Nemesis(World world, Faults faults, Chance chance, Consumer<SimulatedNode> operator) {
        this.operator = operator;
        this.world = world;
        this.faults = faults;
        this.chance = chance;
    }

    void begin() {
        world.schedule().after(chance.millis(200, 2_500), () -> {
            if (active) {
                List<SimulatedNode> up = world.up();
                if (!up.isEmpty()) {
                    strike(leader().filter(leader -> chance.of(0.7)).orElseGet(() -> chance.oneOf(up)));
                }
                begin();
            }
        });
    }

    void end() {
        active = false;
    }

    private Optional<SimulatedNode> leader() {
        return world.up().stream().filter(node -> node.status().epoch().leads()).findFirst();
    }

    private void strike(SimulatedNode node) {
        if (chance.of(0.4) || world.nodes().size() < 3) {
            node.pause(chance.millis(50, 3_000));
        } else {
            leaveWithOne(node);
        }
    }

    private void leaveWithOne(SimulatedNode node) {
        List<NodeId> others = new ArrayList<>(world.others(node.id()));
        NodeId left = others.remove(chance.between(0, others.size() - 1));
        long nanos = chance.millis(500, 4_000);
        others.forEach(other -> faults.separate(node.id(), other, nanos));
        switch (chance.between(0, 4)) {
            case 0 -> later(nanos, () -> others.forEach(other -> faults.separate(left, other, nanos / 2)));
            case 1 -> later(nanos, () -> faults.restart(world.node(left)));
            case 2 -> later(nanos, () -> replace(chance.oneOf(others)));
            case 3 -> later(nanos, () -> forget(node.id(), left, others));
            default -> {}
        }
    }

    private void later(long nanos, Runnable strike) {
        world.schedule().after(chance.millis(1, nanos / 1_000_000), strike);
    }

    /** An operator believes that the leader is gone, and names one who can't hear it. */
    private void replace(NodeId by) {
        if (active && world.node(by).isUp()) {
            operator.accept(world.node(by));
        }
    }

    /** The only other one that has what the leader wrote loses it, and is heard by all but the leader when it is back. */
    private void forget(NodeId leader, NodeId left, List<NodeId> others) {
        if (active && faults.loseSome(world.node(left))) {
            long nanos = Network.PACKET_LIFE_NANOS + chance.millis(500, 4_000);
            faults.separate(leader, left, nanos);
            others.forEach(other -> faults.separate(leader, other, nanos));
        }
    }
}
