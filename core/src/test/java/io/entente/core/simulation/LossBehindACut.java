package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a quorum acknowledged is on its disks alone, for the others are cut off; then all of these but one lose data, and the one that kept it is cut off in its turn. Whoever
 * asks the others and those with a loss for a quorum then must get none.
 */
final class LossBehindACut {

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private boolean active = true;

    LossBehindACut(World world, Faults faults, Chance chance) {
        this.world = world;
        this.faults = faults;
        this.chance = chance;
    }

    void begin() {
        world.schedule().after(chance.millis(300, 2_000), this::strike);
    }

    void end() {
        active = false;
    }

    private void strike() {
        if (!active) {
            return;
        }
        List<NodeId> others = new ArrayList<>(world.scenario().nodes());
        NodeId keeping = others.remove(chance.between(0, others.size() - 1));
        List<NodeId> losing = new ArrayList<>();
        while (2 * (losing.size() + 1) <= world.scenario().nodes().size()) {
            losing.add(others.remove(chance.between(0, others.size() - 1)));
        }
        world.trace().note(61, () -> losing + " are to lose what " + keeping + " keeps, behind " + others);
        long apart = chance.millis(200, 800);
        long packetLife = world.scenario().weather().packetLifeNanos();
        long nanos = apart + packetLife + chance.millis(500, 1_500);
        for (NodeId other : others) {
            faults.separate(keeping, other, nanos);
            losing.forEach(node -> faults.separate(node, other, apart));
        }
        world.schedule().after(apart, () -> {
            for (NodeId node : losing) {
                faults.separate(keeping, node, nanos - apart);
                faults.loseSome(world.node(node));
            }
        });
        world.schedule().after(nanos, this::begin);
    }
}
