package io.entente.core.simulation;

import io.entente.core.event.Event.RetirementRequested;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Operators who retire nodes, dead ones and living ones, one or two at once, at one node or at several; who start nodes that were told so with
 * their old directories put aside; and who leave some dead for good, or bring them back late with what they had.
 */
final class Retiring {

    private static final long LOOK_EVERY_NANOS = 50_000_000L;

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private final Set<NodeId> targets = new LinkedHashSet<>();
    private final Set<NodeId> gone = new LinkedHashSet<>();
    private final Set<NodeId> pending = new LinkedHashSet<>();

    Retiring(World world, Faults faults, Chance chance) {
        this.world = world;
        this.faults = faults;
        this.chance = chance;
    }

    void begin() {
        int most = world.nodes().size() > 3 && chance.of(0.5) ? 2 : 1;
        List<NodeId> candidates = new ArrayList<>(world.scenario().nodes());
        for (int i = 0; i < most; i++) {
            NodeId target = chance.oneOf(candidates);
            candidates.remove(target);
            targets.add(target);
        }
        long trouble = world.scenario().trouble().nanos();
        for (NodeId target : targets) {
            int times = chance.of(0.15) ? 2 : 1;
            for (int i = 0; i < times; i++) {
                long at = chance.millis(200, trouble / 1_000_000);
                world.schedule().after(at, () -> retire(target));
            }
        }
        look();
    }

    /** The nodes that are dead for good, and retired. */
    Set<NodeId> gone() {
        return gone;
    }

    /** Faults are over: every retirement that was not heard is said again, and those that are to come back do. */
    void end() {
        targets.stream().filter(gone::contains).forEach(this::askUntilHeard);
    }

    private void retire(NodeId target) {
        SimulatedNode node = world.node(target);
        boolean dies = chance.of(0.5);
        if (dies && !gone.contains(target)) {
            faults.holdDown(node);
            boolean forGood = chance.of(0.5);
            if (forGood) {
                gone.add(target);
            } else {
                world.schedule().after(chance.millis(10, 6_000), () -> faults.release(node));
            }
            world.tally().count(forGood ? Path.RETIRED_DEAD : Path.RETIRED_AWAY);
        } else {
            world.tally().count(Path.RETIRED_ALIVE);
        }
        askUntilHeard(target);
        if (chance.of(0.3)) {
            askUntilHeard(target);
        }
    }

    /** An operator who gets no answer, or is refused by a node that is retired itself, asks elsewhere. */
    private void askUntilHeard(NodeId target) {
        if (!pending.add(target) && chance.of(0.5)) {
            return;
        }
        List<SimulatedNode> able = world.up().stream()
                .filter(node -> !targets.contains(node.id()) && !node.status().isRetired())
                .toList();
        if (able.isEmpty()) {
            world.schedule().after(LOOK_EVERY_NANOS, () -> {
                pending.remove(target);
                askUntilHeard(target);
            });
            return;
        }
        SimulatedNode at = chance.oneOf(able);
        world.trace().note(31, () -> "an operator retires " + target + " at " + at.id());
        at.handle(new RetirementRequested(world.clients().operatorsRequest(), target.node()));
        // A crash may take the command with it.
        world.schedule().after(chance.millis(200, 1_000), () -> {
            pending.remove(target);
            if (gone.contains(target) && world.up().stream().noneMatch(node -> knows(node, target))) {
                askUntilHeard(target);
            }
        });
    }

    private static boolean knows(SimulatedNode node, NodeId retired) {
        return node.status().retiring().containsKey(retired.node())
                || node.status().retired().contains(retired.node());
    }

    private void look() {
        world.schedule().after(LOOK_EVERY_NANOS, () -> {
            for (SimulatedNode node : world.up()) {
                if (node.status().isRetired() && chance.of(0.2)) {
                    world.tally().count(Path.RETIRED_CAME_BACK);
                    faults.putAside(node);
                }
            }
            look();
        });
    }
}
