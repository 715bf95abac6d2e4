package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One history: a whole cluster in one thread, under one seed.
 *
 * <p>First clients work while faults strike; then faults end, but for links cut for good, and everybody has to come to have
 * everything; then each node has to accept one more write and bring it everywhere, and where members are named every deletion
 * must leave nothing.
 */
final class Simulation {

    private static final long TIME_TO_HEAL_NANOS = 120_000_000_000L;
    private static final long LOOK_EVERY_NANOS = 100_000_000L;

    private final World world;
    private final Chance chance;
    private final Faults faults;

    private Simulation(long seed, Surgery surgery, Optional<Consumer<String>> listener) {
        chance = new Chance(seed);
        Scenario scenario = Scenario.of(seed, chance.split());
        world = new World(scenario, chance.split(), surgery, listener);
        faults = new Faults(world, chance.split());
    }

    /** What a history was like. */
    record Outcome(long traceHash, long events, int writes, long purges) {}

    /** Runs the history of a seed; throws an {@link AssertionError} that names the seed when a law is broken. */
    static Outcome run(long seed) {
        try {
            return run(seed, Surgery.NONE);
        } catch (RuntimeException broken) {
            throw new AssertionError("seed " + seed + " (replay it with -Dseed=" + seed + "): " + broken, broken);
        }
    }

    /** Runs the history of a seed on operated nodes; throws a {@link Violation} when a law is broken. */
    static Outcome run(long seed, Surgery surgery) {
        return new Simulation(seed, surgery, Optional.empty()).run();
    }

    /** Runs the history of a seed and tells everything that happens. */
    static Outcome tell(long seed, Surgery surgery, Consumer<String> listener) {
        return new Simulation(seed, surgery, Optional.of(listener)).run();
    }

    private Outcome run() {
        world.trace().note(world.scenario().seed(), () -> world.scenario().toString());
        faults.begin();
        world.clients().begin();
        world.schedule().runUntil(world.scenario().troubleNanos());
        world.clients().end();
        faults.end(cutForGood());
        converge("after the faults");
        requireNothingLost();
        Duration timeout = Duration.ofSeconds(60);
        world.nodes().forEach(node -> world.clients().probe(node, timeout));
        converge("after a last write at each node");
        world.clients().deleteAll(chance.oneOf(world.nodes()), timeout);
        converge("after a last deletion");
        Ledger ledger = world.judge().ledger();
        return new Outcome(
                world.trace().hash(),
                world.trace().events(),
                ledger.all().size(),
                world.judge().purges());
    }

    private void converge(String when) {
        long start = world.schedule().nowNanos();
        String missing = "";
        while (world.schedule().nowNanos() - start < TIME_TO_HEAL_NANOS) {
            world.schedule().runUntil(world.schedule().nowNanos() + LOOK_EVERY_NANOS);
            missing = whatIsMissing();
            if (missing.isEmpty()) {
                checkEverything();
                return;
            }
        }
        throw new Violation(Law.LIVENESS, when + ": " + missing);
    }

    /** What keeps the cluster from being whole and at rest; empty when it is. */
    private String whatIsMissing() {
        VersionVector first = VersionVector.empty();
        for (SimulatedNode node : world.nodes()) {
            if (!node.isUp() || !node.isIdle()) {
                return node.id() + " is busy";
            }
            first = first.join(node.applied());
        }
        for (SimulatedNode node : world.nodes()) {
            if (!node.applied().equals(first)) {
                return node.id() + " has " + node.applied() + " of " + first;
            }
            Optional<String> waits = node.status().waitsFor();
            if (waits.isPresent()) {
                return node.id() + ": " + waits.get();
            }
            if (world.scenario().membersNamed() && hasTombstones(node)) {
                return node.id() + " has not purged; held back by "
                        + node.status().purgeHeldBackBy();
            }
        }
        return world.clients().allAnswered() ? "" : "a request has no answer";
    }

    private boolean hasTombstones(SimulatedNode node) {
        for (RecordKey key : world.judge().ledger().keys()) {
            if (world.judge().hasOnlyTombstones(node.id(), key)) {
                return true;
            }
        }
        return false;
    }

    private void checkEverything() {
        for (SimulatedNode node : world.nodes()) {
            for (RecordKey key : world.judge().ledger().keys()) {
                world.judge().checkRecord(node.id(), key);
            }
        }
    }

    private void requireNothingLost() {
        for (Write write : world.judge().ledger().all()) {
            if (write.holdersWhenAcknowledged.isEmpty()) {
                continue;
            }
            for (NodeId holder : write.holdersWhenAcknowledged.get()) {
                boolean kept = !world.judge().copy(holder).lost().get(write.number);
                for (SimulatedNode node : world.nodes()) {
                    unless(
                            !kept || world.judge().copy(node.id()).applied().get(write.number),
                            Law.ACKNOWLEDGED,
                            () -> write + " was acknowledged and " + holder + " never lost it, but " + node.id()
                                    + " doesn't have it");
                }
            }
        }
    }

    /** Some links, in one direction or both, that leave the graph of links that work both ways connected. */
    private Set<Network.Link> cutForGood() {
        Set<Network.Link> cut = new LinkedHashSet<>();
        if (!chance.of(0.5)) {
            return cut;
        }
        List<NodeId> nodes = world.scenario().nodes();
        for (int tries = chance.between(1, 6); tries > 0; tries--) {
            Set<Network.Link> more = new LinkedHashSet<>(cut);
            NodeId from = chance.oneOf(nodes);
            NodeId to = chance.oneOf(nodes);
            more.add(new Network.Link(from, to));
            if (chance.of(0.5)) {
                more.add(new Network.Link(to, from));
            }
            if (!from.equals(to) && isConnected(nodes, more)) {
                cut = more;
            }
        }
        return cut;
    }

    private static boolean isConnected(List<NodeId> nodes, Set<Network.Link> cut) {
        List<NodeId> reached = new ArrayList<>(List.of(nodes.get(0)));
        for (int i = 0; i < reached.size(); i++) {
            NodeId from = reached.get(i);
            for (NodeId to : nodes) {
                boolean works = !cut.contains(new Network.Link(from, to)) && !cut.contains(new Network.Link(to, from));
                if (works && !reached.contains(to)) {
                    reached.add(to);
                }
            }
        }
        return reached.size() == nodes.size();
    }
}
