package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Strikes where it hurts, at whoever leads: it stops for a while, as by SIGSTOP, or is left with just as many others as make a majority, who hear
 * both sides. Then an operator names somebody of the other side, entries get lost on their way there, and those in the middle end and begin
 * anew, or lose data.
 *
 * <p>Each history has a few of these plots only, so that in some of them one follows the other closely (Groce et al., <i>Swarm Testing</i>, 2012).
 */
final class Nemesis {

    private static final long LOOK_EVERY_NANOS = 20_000_000L;

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private final Consumer<SimulatedNode> operator;
    private final List<Plot> plots;
    private boolean active = true;

    /**
     * @param operator has a node become the leader
     */
    Nemesis(World world, Faults faults, Chance chance, Consumer<SimulatedNode> operator) {
        this.operator = operator;
        this.world = world;
        this.faults = faults;
        this.chance = chance;
        List<Plot> all = new ArrayList<>(List.of(Plot.values()));
        while (all.size() > 1 && chance.of(0.7)) {
            all.remove(chance.between(0, all.size() - 1));
        }
        this.plots = List.copyOf(all);
    }

    private enum Plot {
        /** Whoever leads stops, and another one may be named meanwhile. */
        PAUSE,
        /** Two who don't hear each other are named at the same time. */
        RIVALS,
        /** Whoever leads hears the middle alone, and so do the others, whom entries don't reach; one of these is named. */
        SECOND_REIGN,
        /** The same, but the leader doesn't hear of it from the middle, which ends and begins anew, and then hears the old leader first. */
        RESTART,
        /** What whoever leads has written only the middle has, too, and it loses that; then one of the others is named. */
        LOSS
    }

    /** Whoever leads, just as many as make a majority with it, and the others. */
    private record Sides(NodeId leader, List<NodeId> middle, List<NodeId> others) {}

    void begin() {
        world.schedule().after(chance.millis(100, 1_500), this::go);
    }

    /** Mostly one plot is over before the next one begins. */
    private void go() {
        if (!active) {
            return;
        }
        Optional<SimulatedNode> leader = leader();
        if (leader.isEmpty() && chance.of(0.8)) {
            world.schedule().after(LOOK_EVERY_NANOS, this::go);
            return;
        }
        long nanos = world.up().isEmpty() ? 0 : strike(leader.orElseGet(() -> chance.oneOf(world.up())));
        long rest = chance.millis(50, 1_000);
        world.schedule().after(chance.of(0.8) ? nanos + rest : rest, this::go);
    }

    void end() {
        active = false;
    }

    private Optional<SimulatedNode> leader() {
        return world.up().stream().filter(node -> node.epoch().leads()).findFirst();
    }

    /** How long it takes. */
    private long strike(SimulatedNode node) {
        Sides sides = sides(node);
        Plot plot = sides.others.isEmpty() ? Plot.PAUSE : chance.oneOf(plots);
        world.trace().note(plot.name().hashCode(), () -> plot + " of " + sides);
        return switch (plot) {
            case PAUSE -> pause(sides);
            case RIVALS -> rivals(sides);
            case SECOND_REIGN -> secondReign(sides);
            case RESTART -> restart(sides);
            case LOSS -> loss(sides);
        };
    }

    private Sides sides(SimulatedNode node) {
        List<NodeId> rest = new ArrayList<>(world.others(node.id()));
        for (int i = rest.size() - 1; i > 0; i--) {
            Collections.swap(rest, i, chance.between(0, i));
        }
        int middle = Math.min(rest.size(), (rest.size() + 1) / 2);
        return new Sides(
                node.id(), List.copyOf(rest.subList(0, middle)), List.copyOf(rest.subList(middle, rest.size())));
    }

    private long pause(Sides sides) {
        long nanos = chance.millis(50, 2_000);
        world.node(sides.leader).pause(nanos);
        if (chance.of(0.5)) {
            later(0, nanos / 1_000_000, () -> replace(chance.oneOf(sides.middle)));
        }
        return nanos;
    }

    private long rivals(Sides sides) {
        long nanos = chance.millis(500, 2_500);
        NodeId rival = chance.oneOf(sides.others);
        faults.separate(sides.leader, rival, nanos);
        long together = chance.between(0, 30);
        later(0, together, () -> replace(sides.leader));
        later(0, together, () -> replace(rival));
        return nanos;
    }

    private long secondReign(Sides sides) {
        long nanos = chance.millis(1_000, 3_000);
        NodeId next = chance.oneOf(sides.others);
        sides.others.forEach(other -> faults.separate(sides.leader, other, nanos));
        later(20, 300, () -> replace(next));
        onceItLeads(next, world.schedule().nowNanos() + nanos, () -> clog(sides, nanos));
        return nanos;
    }

    /** From now on nothing that the middle gets from the leader reaches the others. */
    private void clog(Sides sides, long nanos) {
        sides.middle.forEach(between -> sides.others.forEach(other -> faults.clog(between, other, nanos)));
    }

    /** The leader hears nobody until those in the middle, who have promised another one to lead, end and begin anew. */
    private long restart(Sides sides) {
        long blind = chance.millis(300, 1_000);
        long nanos = blind + chance.millis(500, 2_000);
        sides.others.forEach(other -> faults.separate(sides.leader, other, nanos));
        sides.middle.forEach(between -> faults.separate(sides.leader, between, blind));
        later(0, 100, () -> replace(chance.oneOf(sides.others)));
        world.schedule().after(blind, () -> {
            clog(sides, nanos);
            for (NodeId between : sides.middle) {
                sides.others.forEach(other -> faults.separate(between, other, chance.millis(100, 800)));
                faults.restart(world.node(between));
            }
        });
        return nanos;
    }

    private void onceItLeads(NodeId node, long untilNanos, Runnable strike) {
        if (active && world.node(node).isUp() && world.node(node).epoch().leads()) {
            strike.run();
        } else if (active && world.schedule().nowNanos() < untilNanos) {
            world.schedule().after(LOOK_EVERY_NANOS, () -> onceItLeads(node, untilNanos, strike));
        }
    }

    /** The others don't hear the middle at first, so that what is written is on this side alone. */
    private long loss(Sides sides) {
        long apart = chance.millis(300, 1_000);
        long nanos = apart + world.scenario().weather().packetLifeNanos() + chance.millis(1_000, 2_500);
        sides.others.forEach(other -> faults.separate(sides.leader, other, nanos));
        sides.middle.forEach(between -> sides.others.forEach(other -> faults.separate(between, other, apart)));
        world.schedule()
                .after(
                        apart,
                        () -> sides.middle.forEach(between -> {
                            faults.separate(sides.leader, between, nanos - apart);
                            faults.loseSome(world.node(between));
                            world.schedule()
                                    .after(
                                            world.scenario().weather().packetLifeNanos() + chance.millis(20, 300),
                                            () -> replace(chance.oneOf(sides.others)));
                        }));
        return nanos;
    }

    private void later(long fromMillis, long toMillis, Runnable strike) {
        world.schedule().after(chance.millis(fromMillis, Math.max(fromMillis, toMillis)), strike);
    }

    /** An operator believes that the leader is gone, and names another one. */
    private void replace(NodeId by) {
        if (active && world.node(by).isUp()) {
            operator.accept(world.node(by));
        }
    }
}
