package io.entente.core.simulation;

import io.entente.core.effect.Reply.EpochBegun;
import io.entente.core.event.Event.EpochRequested;
import io.entente.core.message.Epoch;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** An operator who has others vote, again and again: in some histories sets a trap, else asks whoever leads, or anybody, at times two at once for different voters. */
final class VoterChanges {

    /** One alone, losing its disk, would take with it what it had acknowledged as more than half of the voters. */
    private static final int LEAST = 2;

    private static final Duration LAST_TIMEOUT = Duration.ofSeconds(8);

    private final World world;
    private final Chance chance;
    private final SortedSet<String> last;
    private final Optional<TwoReigns> plot;
    private boolean active = true;

    VoterChanges(World world, Faults faults, Chance chance) {
        this.world = world;
        this.chance = chance;
        boolean isTrap = world.nodes().size() == TwoReigns.NODES && chance.of(0.7);
        this.plot = isTrap ? Optional.of(new TwoReigns(world, faults, chance.split())) : Optional.empty();
        world.foundVoters(some());
        this.last = some();
    }

    void begin() {
        plot.ifPresentOrElse(TwoReigns::begin, this::goOn);
    }

    private void goOn() {
        world.schedule().after(chance.millis(100, 1_500), () -> {
            if (active) {
                act();
                goOn();
            }
        });
    }

    void end() {
        active = false;
        plot.ifPresent(TwoReigns::end);
    }

    private void act() {
        List<SimulatedNode> up = world.up();
        if (up.isEmpty()) {
            return;
        }
        ask(chance.of(0.7) ? leadingOr(chance.oneOf(up)) : chance.oneOf(up), aim(chance.oneOf(up)));
        if (chance.of(0.2)) {
            ask(chance.oneOf(up), aim(chance.oneOf(up)));
        }
    }

    private SimulatedNode leadingOr(SimulatedNode other) {
        return world.up().stream()
                .filter(node -> node.epoch().leads())
                .findFirst()
                .orElse(other);
    }

    /** Some voters, or one more or less than those that a node knows of. */
    private SortedSet<String> aim(SimulatedNode by) {
        if (chance.of(0.4)) {
            return some();
        }
        TreeSet<String> voters = new TreeSet<>(by.epoch().epoch().voters());
        String changed = chance.oneOf(world.scenario().nodes()).node();
        if (!voters.add(changed) && voters.size() > LEAST) {
            voters.remove(changed);
        }
        return voters;
    }

    private SortedSet<String> some() {
        List<NodeId> rest = new ArrayList<>(world.scenario().nodes());
        for (int leaving = chance.between(0, rest.size() - LEAST); leaving > 0; leaving--) {
            rest.remove(chance.between(0, rest.size() - 1));
        }
        TreeSet<String> names = new TreeSet<>();
        rest.forEach(node -> names.add(node.node()));
        return names;
    }

    /** Has a node change the voters. */
    void ask(SimulatedNode at, SortedSet<String> voters) {
        ask(at, voters, Duration.ofMillis(chance.between(500, 5_000)));
    }

    private void ask(SimulatedNode at, SortedSet<String> voters, Duration timeout) {
        Epoch before = at.epoch().epoch();
        EpochRequested request =
                new EpochRequested(world.clients().nextId(), Optional.empty(), Optional.of(voters), timeout);
        world.clients().ask(at, request, reply -> {
            if (reply.isPresent() && reply.get() instanceof EpochBegun begun) {
                Violation.unless(
                        begun.epoch().voters().equals(voters),
                        Law.ANSWER,
                        () -> at.id() + " was to have " + voters + " vote, and answers " + reply);
                world.tally().count(Path.VOTERS_CHANGED, before.voters().equals(voters) ? 0 : 1);
            } else {
                world.tally().count(Path.VOTERS_REFUSED);
            }
        });
    }

    /** After all faults: has those vote who are to in the end, or names a leader that may be asked for it. */
    void askForLast() {
        SimulatedNode any = chance.oneOf(world.up());
        SimulatedNode at = leadingOr(any);
        if (any.epoch().epoch().mode().isSingleLeader() && !at.epoch().leads()) {
            world.clients()
                    .ask(
                            any,
                            new EpochRequested(world.clients().nextId(), Optional.empty(), LAST_TIMEOUT),
                            reply -> {});
        } else {
            ask(at, last, LAST_TIMEOUT);
        }
    }

    /** What is missing until all nodes know that those vote who are to in the end. */
    String whatIsMissing() {
        for (SimulatedNode node : world.nodes()) {
            if (!node.isUp() || node.isPaused() || !node.epoch().heeded()) {
                return node.id() + " heeds no epoch";
            }
            if (!node.epoch().epoch().voters().equals(last)) {
                return node.id() + " knows as voters " + node.epoch().epoch().voters() + ", not " + last;
            }
        }
        return "";
    }
}
