package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import io.entente.core.replica.Start.Standing;
import io.entente.core.topology.Topology;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes wrong: cuts, crashes, lost data, clocks, slow disks; one after the other, at random. */
final class Faults {

    private final World world;
    private final Chance chance;
    private final Scenario.Trouble trouble;
    private final Map<NodeId, Return> away = new LinkedHashMap<>();
    private final boolean copiesStayKnown;
    private final Set<NodeId> heldDown = new LinkedHashSet<>();

    /** Until when a link is cut at the least, whatever other cut of it ends before. */
    private final Map<Network.Link, Long> separated = new LinkedHashMap<>();

    private boolean active = true;
    private boolean oneLosesAtATime;
    private long packetLifeNanos = Network.PACKET_LIFE_NANOS;

    /**
     * @param copiesStayKnown whether nodes know of all copies all the time
     */
    Faults(World world, Chance chance, boolean copiesStayKnown) {
        this.world = world;
        this.chance = chance;
        this.copiesStayKnown = copiesStayKnown;
        this.trouble = world.scenario().trouble();
    }

    /** A node loses data only while all others are sure of theirs: what a majority promises needs a majority. */
    void letOneLoseAtATime() {
        oneLosesAtATime = true;
    }

    /** Who lost data comes back as soon as this history's messages are gone, not when any history's would be. */
    void waitNoLongerThanMessagesLive() {
        packetLifeNanos = world.scenario().weather().packetLifeNanos();
    }

    private boolean mayLose(SimulatedNode node) {
        return !oneLosesAtATime
                || world.others(node.id()).stream()
                        .allMatch(other -> world.judge().isAdmitted(other));
    }

    /** How, and not before when, a node comes back. */
    private record Return(Standing standing, long notBeforeNanos) {}

    void begin() {
        SimulatedNode founder = world.nodes().get(0);
        world.nodes().forEach(node -> {
            Standing standing = node == founder ? Standing.FOUNDED : Standing.NEW;
            away.put(node.id(), new Return(standing, 0));
            world.schedule()
                    .after(
                            chance.of(trouble.lateStart()) ? chance.millis(0, 3_000) : chance.millis(0, 50),
                            () -> comeBack(node));
        });
        next();
    }

    private void next() {
        world.schedule().after(chance.millis(50, trouble.everyMillis()), () -> {
            if (active) {
                strike();
                next();
            }
        });
    }

    /** Ends all faults; nodes that are away come back, but for the one that is gone. */
    void end(Set<Network.Link> cutForGood, Optional<NodeId> gone) {
        active = false;
        world.network().weather(world.scenario().weather().calm());
        world.network().healAllBut(cutForGood);
        gone.map(world::node).filter(SimulatedNode::isUp).ifPresent(SimulatedNode::crash);
        gone.ifPresent(away::remove);
        world.nodes().forEach(node -> {
            node.canAddress(world.others(node.id()));
            comeBack(node);
        });
    }

    /** A node that the others can do without: each of them is admitted, and will not find that it has lost data. */
    Optional<NodeId> dispensable(Topology links) {
        if (!trouble.gone() || world.nodes().size() < 3) {
            return Optional.empty();
        }
        SimulatedNode node = chance.oneOf(world.nodes());
        boolean needed = world.others(node.id()).stream()
                .anyMatch(other -> !world.judge().isAdmitted(other));
        List<NodeId> rest = world.scenario().nodes().stream()
                .filter(other -> !other.equals(node.id()))
                .toList();
        boolean cuts = !CutLinks.isConnected(rest, Set.of(), links);
        return needed || cuts ? Optional.empty() : Optional.of(node.id());
    }

    /** Kills the node, if it is up, and keeps it from coming back until it is released. */
    void holdDown(SimulatedNode node) {
        heldDown.add(node.id());
        if (node.isUp()) {
            node.crash();
            away.put(node.id(), new Return(node.disk().commits() == 0 ? Standing.NEW : Standing.INTACT, 0));
        }
    }

    void release(SimulatedNode node) {
        heldDown.remove(node.id());
        comeBack(node);
    }

    /** Stops a node that was retired, and starts it with an empty directory once its old messages are gone. */
    void putAside(SimulatedNode node) {
        node.crash();
        node.putAside();
        away.put(node.id(), new Return(Standing.NEW, world.schedule().nowNanos() + Network.PACKET_LIFE_NANOS));
        comeBack(node);
    }

    private void strike() {
        SimulatedNode node = chance.oneOf(world.nodes());
        switch (chance.between(0, 9)) {
            case 0, 1 -> cutLinks();
            case 2 -> isolate(node);
            case 3, 4, 5 -> crash(node);
            case 6 -> node.clockJumps(chance.between(-3_600_000, 3_600_000));
            case 7 -> node.diskIsSlowFor(chance.millis(100, 3_000));
            case 8 -> unaddress(node);
            default -> {}
        }
    }

    private void cutLinks() {
        for (int links = chance.between(1, 3); links > 0; links--) {
            NodeId from = chance.oneOf(world.scenario().nodes());
            NodeId to = chance.oneOf(world.scenario().nodes());
            cutFor(from, to, chance.millis(100, 5_000));
            if (chance.of(0.5)) {
                cutFor(to, from, chance.millis(100, 5_000));
            }
        }
    }

    private void isolate(SimulatedNode node) {
        long nanos = chance.millis(100, 4_000);
        for (NodeId other : world.others(node.id())) {
            cutFor(node.id(), other, nanos);
            cutFor(other, node.id(), nanos);
        }
    }

    private void cutFor(NodeId from, NodeId to, long nanos) {
        world.network().cut(from, to);
        world.schedule().after(nanos, () -> {
            long until = separated.getOrDefault(new Network.Link(from, to), 0L);
            if (active && until <= world.schedule().nowNanos()) {
                world.network().heal(from, to);
            }
        });
    }

    /** Cuts both ways for a while; no other cut that ends earlier mends it. */
    void separate(NodeId one, NodeId other, long nanos) {
        if (active) {
            long until = world.schedule().nowNanos() + nanos;
            separated.merge(new Network.Link(one, other), until, Math::max);
            separated.merge(new Network.Link(other, one), until, Math::max);
            cutFor(one, other, nanos);
            cutFor(other, one, nanos);
        }
    }

    /** Entries get lost on the way for a while, and nothing else does. */
    void clog(NodeId from, NodeId to, long nanos) {
        if (active) {
            world.network().clog(from, to);
            world.schedule().after(nanos, () -> {
                if (active) {
                    world.network().unclog(from, to);
                }
            });
        }
    }

    /** Ends a process, and takes some of its data, where it may lose any; whether it did. */
    boolean loseSome(SimulatedNode node) {
        int commits = node.disk().commits();
        if (!active || !node.isUp() || commits == 0 || !mayLose(node)) {
            return false;
        }
        node.crash();
        int kept = Math.max(0, commits - chance.magnitude(1, commits));
        node.loseAllBut(kept);
        away.put(node.id(), new Return(Standing.MAY_HAVE_LOST, world.schedule().nowNanos() + packetLifeNanos));
        world.schedule().after(packetLifeNanos, () -> comeBack(node));
        return true;
    }

    /** Ends a process that has its data, and begins it anew almost at once. */
    void restart(SimulatedNode node) {
        if (active && node.isUp() && node.disk().commits() > 0) {
            node.crash();
            away.put(node.id(), new Return(Standing.INTACT, 0));
            world.schedule().after(chance.millis(1, 100), () -> comeBack(node));
        }
    }

    /** Where quorums are asked for, all copies stay known: what a quorum is must not depend on whom a node can address. */
    private void unaddress(SimulatedNode node) {
        if (copiesStayKnown) {
            isolate(node);
            return;
        }
        Set<NodeId> some = new LinkedHashSet<>(world.others(node.id()));
        some.remove(chance.oneOf(List.copyOf(some)));
        node.canAddress(some);
        world.schedule().after(chance.millis(100, 2_000), () -> {
            if (active) {
                node.canAddress(world.others(node.id()));
            }
        });
    }

    private void crash(SimulatedNode node) {
        if (!node.isUp()) {
            return;
        }
        node.crash();
        away.put(node.id(), fateOf(node));
        world.schedule().after(chance.millis(0, 4_000), () -> comeBack(node));
    }

    private Return fateOf(SimulatedNode node) {
        boolean neverCommitted = node.disk().commits() == 0;
        if (!chance.of(trouble.dataLoss()) || neverCommitted || !mayLose(node)) {
            boolean founder = node == world.nodes().get(0);
            return new Return(!neverCommitted ? Standing.INTACT : founder ? Standing.FOUNDED : Standing.NEW, 0);
        }
        return losing(node);
    }

    /** Ends a node; its disk has lost some of its commits, or all, when it is back. */
    void lose(SimulatedNode node) {
        if (active && node.isUp() && node.disk().commits() > 0) {
            node.crash();
            away.put(node.id(), losing(node));
            comeBack(node);
        }
    }

    /** Ends a node; its disk has lost everything when it is back. */
    void loseAll(SimulatedNode node) {
        if (active && node.isUp() && node.disk().commits() > 0) {
            node.crash();
            away.put(node.id(), losingAllBut(node, 0));
            comeBack(node);
        }
    }

    private Return losing(SimulatedNode node) {
        int commits = node.disk().commits();
        return losingAllBut(node, chance.of(0.3) ? 0 : Math.max(0, commits - chance.magnitude(1, commits)));
    }

    private Return losingAllBut(SimulatedNode node, int kept) {
        node.loseAllBut(kept);
        long gone = world.schedule().nowNanos() + packetLifeNanos;
        return new Return(kept == 0 && chance.of(0.5) ? Standing.NEW : Standing.MAY_HAVE_LOST, gone);
    }

    private void comeBack(SimulatedNode node) {
        Return how = away.get(node.id());
        if (how == null || node.isUp() || heldDown.contains(node.id())) {
            return;
        }
        long wait = how.notBeforeNanos - world.schedule().nowNanos();
        if (wait > 0) {
            world.schedule().after(wait, () -> comeBack(node));
            return;
        }
        away.remove(node.id());
        node.start(how.standing);
    }
}
