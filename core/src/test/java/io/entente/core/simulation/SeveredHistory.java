package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import io.entente.core.replica.Start.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One history in which nothing goes wrong but that some links are cut for good while clients write.
 *
 * <p>Whatever one node has must come to every other one that is still reached from it; who is not reached keeps nobody from
 * writing. What is on the disks is judged after every commit as in any history.
 */
final class SeveredHistory {

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long LOOK_EVERY_NANOS = 50_000_000L;
    private static final long BEFORE_THE_CUT_NANOS = 300_000_000L;
    private static final long AFTER_THE_CUT_NANOS = 700_000_000L;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    private final Severed severed;
    private final World world;

    private SeveredHistory(long seed, Severed severed, Surgery surgery, Optional<Consumer<String>> listener) {
        this.severed = severed;
        Chance chance = new Chance(seed);
        world = new World(
                Scenario.calm(seed, chance.split(), severed.nodes(), severed.plan()),
                chance.split(),
                surgery,
                listener);
    }

    /** Runs the history of a seed, and answers with the number of its writes; throws a {@link Violation} when a law is broken. */
    static int run(long seed, Severed severed, Surgery surgery, Optional<Consumer<String>> listener) {
        return new SeveredHistory(seed, severed, surgery, listener).run();
    }

    private int run() {
        SimulatedNode founder = world.nodes().get(0);
        world.nodes().forEach(node -> node.start(node == founder ? Standing.FOUNDED : Standing.NEW));
        until(
                "before the cut",
                () -> world.nodes().stream().allMatch(node -> world.judge().isAdmitted(node.id())),
                () -> "somebody is not admitted");
        world.clients().begin();
        pass(BEFORE_THE_CUT_NANOS);
        severed.cut().forEach(link -> world.network().cut(link.from(), link.to()));
        pass(AFTER_THE_CUT_NANOS);
        world.clients().end();
        converge("after the cut");
        requireAcknowledged();
        world.nodes().forEach(node -> world.clients().probe(node, PROBE_TIMEOUT));
        converge("after a last write at each node");
        requireAcknowledged();
        return world.judge().ledger().all().size();
    }

    private void pass(long nanos) {
        world.schedule().runUntil(world.schedule().nowNanos() + nanos);
    }

    private void until(String when, BooleanSupplier condition, Supplier<String> otherwise) {
        long end = world.schedule().nowNanos() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            unless(world.schedule().nowNanos() < end, Law.LIVENESS, () -> when + ": " + otherwise.get());
            pass(LOOK_EVERY_NANOS);
        }
    }

    private void converge(String when) {
        until(when, () -> whatIsMissing().isEmpty(), this::whatIsMissing);
        for (SimulatedNode node : world.nodes()) {
            for (RecordKey key : world.judge().ledger().keys()) {
                world.judge().checkRecord(node.id(), key);
            }
        }
    }

    private String whatIsMissing() {
        for (SimulatedNode source : world.nodes()) {
            if (!source.isIdle()) {
                return source.id() + " is busy";
            }
            for (NodeId receiver : severed.reachedFrom(source.id())) {
                if (!world.node(receiver).applied().dominates(source.applied())) {
                    return receiver + " has " + world.node(receiver).applied() + " and not all that " + source.id()
                            + " has: " + source.applied();
                }
            }
        }
        return world.clients().allAnswered() ? "" : "a request has no answer";
    }

    private void requireAcknowledged() {
        for (Write write : world.judge().ledger().all()) {
            write.holdersWhenAcknowledged.ifPresent(holders -> holders.forEach(holder -> {
                for (NodeId receiver : severed.reachedFrom(holder)) {
                    unless(
                            world.judge().copy(receiver).applied().get(write.number),
                            Law.ACKNOWLEDGED,
                            () -> write + " was acknowledged by " + holder + ", but " + receiver + " doesn't have it");
                }
            }));
        }
    }
}
