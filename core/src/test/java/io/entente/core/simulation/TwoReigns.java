package io.entente.core.simulation;

import io.entente.core.effect.Reply;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The trap of changing voters one at a time, set on purpose (Ongaro, <i>Bug in single-server membership changes</i>, raft-dev, 2015): of four voters the one that leads has a
 * fifth node vote, past the election of a rival that only those know who elected it; the rival has the first one vote no more, past that; and then the first one is elected
 * by those that have heard of neither. Who lets them has two leaders, whose majorities have nobody in common.
 */
final class TwoReigns {

    /** So many it takes. */
    static final int NODES = 5;

    private static final long LOOK_EVERY_NANOS = 1_000_000L;
    private static final long PATIENCE_NANOS = 1_500_000_000L;
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    private final World world;
    private final Faults faults;
    private final Chance chance;
    private boolean active = true;

    TwoReigns(World world, Faults faults, Chance chance) {
        this.world = world;
        this.faults = faults;
        this.chance = chance;
    }

    /** Who plays what: two who knew of neither reign but one are in the middle, and one voted not at first. */
    private record Roles(SimulatedNode first, SimulatedNode rival, NodeId near, NodeId far, NodeId fifth) {

        SortedSet<String> four() {
            return names(first.id(), rival.id(), near, far);
        }

        SortedSet<String> five() {
            return names(first.id(), rival.id(), near, far, fifth);
        }

        SortedSet<String> withoutFirst() {
            return names(rival.id(), near, far);
        }

        List<NodeId> middle() {
            return List.of(near, far, fifth);
        }

        private static SortedSet<String> names(NodeId... nodes) {
            SortedSet<String> names = new TreeSet<>();
            for (NodeId node : nodes) {
                names.add(node.node());
            }
            return names;
        }
    }

    void begin() {
        world.schedule().after(chance.millis(200, 600), this::look);
    }

    void end() {
        active = false;
    }

    /** The first is the one whose ballots come after all others' of the same round. */
    private void look() {
        if (!active) {
            return;
        }
        List<NodeId> rest = new ArrayList<>(world.scenario().nodes());
        NodeId first = Collections.max(rest);
        rest.remove(first);
        NodeId rival = rest.remove(chance.between(0, rest.size() - 1));
        NodeId near = rest.remove(chance.between(0, rest.size() - 1));
        NodeId far = rest.remove(chance.between(0, rest.size() - 1));
        Roles roles = new Roles(world.node(first), world.node(rival), near, far, rest.get(0));
        if (!leads(roles.first)) {
            ask(roles.first, lead());
        }
        once(() -> leads(roles.first) && roles.first.epoch().epoch().settled(), () -> fourVote(roles));
    }

    private void fourVote(Roles roles) {
        vote(roles.first, roles.four());
        once(() -> votersAt(roles.first).equals(roles.four()), () -> rivalIsElected(roles));
    }

    private void rivalIsElected(Roles roles) {
        apart(roles.first.id(), roles.rival.id(), 8_000);
        roles.middle().forEach(other -> cut(roles.first.id(), other));
        ask(roles.rival, lead());
        once(() -> leads(roles.rival), () -> fifthVotes(roles));
    }

    /** The first one is asked in the moment in which it is there again, before it hears what the others have promised. */
    private void fifthVotes(Roles roles) {
        roles.middle().forEach(other -> cut(roles.rival.id(), other));
        heal(roles.first.id(), roles.near);
        heal(roles.first.id(), roles.far);
        vote(roles.first, roles.five());
        once(() -> votersAt(roles.first).equals(roles.five()), () -> firstVotesNoMore(roles));
    }

    /** Likewise the rival. */
    private void firstVotesNoMore(Roles roles) {
        roles.middle().forEach(other -> cut(roles.first.id(), other));
        heal(roles.rival.id(), roles.near);
        heal(roles.rival.id(), roles.far);
        vote(roles.rival, roles.withoutFirst());
        once(() -> votersAt(roles.rival).equals(roles.withoutFirst()), () -> firstIsElectedAgain(roles));
    }

    private void firstIsElectedAgain(Roles roles) {
        for (NodeId there : List.of(roles.rival.id(), roles.near)) {
            for (NodeId here : List.of(roles.first.id(), roles.far, roles.fifth)) {
                apart(there, here, 4_000);
            }
        }
        heal(roles.first.id(), roles.far);
        heal(roles.first.id(), roles.fifth);
        world.schedule().after(chance.millis(50, 300), () -> ask(roles.first, lead()));
    }

    private void cut(NodeId one, NodeId other) {
        world.network().cut(one, other);
        world.network().cut(other, one);
    }

    private void heal(NodeId one, NodeId other) {
        world.network().heal(one, other);
        world.network().heal(other, one);
    }

    private void apart(NodeId one, NodeId other, long millis) {
        if (!one.equals(other)) {
            faults.separate(one, other, millis * 1_000_000);
        }
    }

    private EpochRequested lead() {
        return new EpochRequested(world.clients().nextId(), Optional.empty(), TIMEOUT);
    }

    private void vote(SimulatedNode at, SortedSet<String> voters) {
        ask(at, new EpochRequested(world.clients().nextId(), Optional.empty(), Optional.of(voters), TIMEOUT));
    }

    private void ask(SimulatedNode at, EpochRequested request) {
        Consumer<Optional<Reply>> ignored = reply -> {};
        if (at.isUp()) {
            world.clients().ask(at, request, ignored);
        }
    }

    private static boolean leads(SimulatedNode node) {
        return node.isUp() && node.epoch().leads();
    }

    private static SortedSet<String> votersAt(SimulatedNode node) {
        return node.isUp() ? node.epoch().epoch().voters() : new TreeSet<>();
    }

    private void once(BooleanSupplier isSo, Runnable then) {
        once(isSo, then, world.schedule().nowNanos() + PATIENCE_NANOS);
    }

    private void once(BooleanSupplier isSo, Runnable then, long untilNanos) {
        if (active && isSo.getAsBoolean()) {
            then.run();
        } else if (active && world.schedule().nowNanos() < untilNanos) {
            world.schedule().after(LOOK_EVERY_NANOS, () -> once(isSo, then, untilNanos));
        } else if (active) {
            world.scenario().nodes().forEach(one -> world.scenario().nodes().forEach(other -> heal(one, other)));
            begin();
        }
    }
}
