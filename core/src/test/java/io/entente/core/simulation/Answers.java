package io.entente.core.simulation;

import static io.entente.core.simulation.Violation.unless;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.effect.Reply;
import io.entente.core.effect.Reply.ConcernTimedOut;
import io.entente.core.effect.Reply.Found;
import io.entente.core.effect.Reply.Over;
import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.effect.Reply.Written;
import io.entente.core.event.Event.ReadRequested;
import io.entente.core.event.Event.VerifyRequested;
import io.entente.core.event.Event.WriteRequested;
import io.entente.core.event.WriteCondition;
import io.entente.core.message.NodeId;
import io.entente.core.mode.Evidence;
import io.entente.core.mode.WriteConcern;
import io.entente.core.record.Siblings;
import io.entente.core.replica.EpochStatus;
import io.entente.core.simulation.Clients.Open;
import io.entente.core.topology.Copies;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether what clients are told is true. */
final class Answers {

    /** Longer than a disk takes at its slowest. */
    private static final long LATE_NANOS = 400_000_000L;

    private final World world;

    Answers(World world) {
        this.world = world;
    }

    private void count(Open request, Reply reply) {
        boolean late = world.schedule().nowNanos() - request.askedNanos() > LATE_NANOS;
        if (reply instanceof Found found) {
            Siblings siblings = found.siblings();
            world.tally()
                    .count(
                            siblings.isAbsent()
                                    ? Path.ABSENT_READ
                                    : siblings.size() > 1 ? Path.CONFLICT_READ : Path.VALUE_READ);
            if (late) {
                world.tally().count(Path.SESSION_WAITED_FOR);
            }
        } else if (reply instanceof Refused refused) {
            world.tally().count(Path.valueOf(refused.reason().name()));
        } else if (reply instanceof ConcernTimedOut timedOut) {
            world.tally().count(timedOut.over() == Over.EPOCH ? Path.EPOCH_OVER : Path.CONCERN_TIMED_OUT);
        } else if (!(reply instanceof Reply.Verified)) {
            countWritten((WriteRequested) request.request(), late);
        }
    }

    private void countWritten(WriteRequested request, boolean late) {
        boolean conditional = !request.condition().equals(WriteCondition.none());
        boolean demanding = !request.concern().equals(WriteConcern.async());
        world.tally().count(conditional ? Path.CONDITIONAL_WRITE : demanding ? Path.CONCERN_MET : Path.WRITTEN);
        if (conditional && late && !demanding) {
            world.tally().count(Path.CONTEXT_WAITED_FOR);
        }
    }

    void check(Open request, @Nullable Write write, Reply reply) {
        count(request, reply);
        if (reply instanceof Found found) {
            checkFound(request, (ReadRequested) request.request(), found);
        } else if (reply instanceof Written written) {
            Write held = checkWritten(request, write, written);
            Set<NodeId> holders = everHolding(held);
            held.holdersWhenAcknowledged = Optional.of(holders);
            unless(
                    !world.surgery().isConcernJudged()
                            || ((WriteRequested) request.request()).concern().enough(evidence(request, holders, true)),
                    Law.DURABLE_FIRST,
                    () -> request.at() + " says that " + request.request() + " is met, but only " + holders
                            + " ever had it");
        } else if (reply instanceof ConcernTimedOut timedOut) {
            checkTimedOut(request, write, timedOut);
        } else if (reply instanceof Refused refused) {
            checkRefused(request, refused);
        }
    }

    private void checkFound(Open request, ReadRequested read, Found found) {
        unless(
                !world.surgery().isConcernJudged()
                        || !read.concern().waitsForSession()
                        || hasAllOf(found.applied(), read.atLeast()),
                Law.ANSWER,
                () -> request.at() + " answers " + read + " too early, at " + found.applied());
        BitSet applied = world.judge().ledger().closure(found.applied());
        BitSet notDurable = (BitSet) applied.clone();
        notDurable.andNot(world.judge().copy(request.at()).seen());
        unless(
                notDurable.isEmpty(),
                Law.DURABLE_FIRST,
                () -> request.at() + " answers at " + found.applied() + ", which is not yet on its disk");
        world.judge().checkSiblings(request.at(), read.key(), found.siblings(), applied);
    }

    private boolean hasAllOf(VersionVector seen, VersionVector wanted) {
        BitSet missing = world.judge().ledger().closure(wanted);
        missing.andNot(world.judge().ledger().closure(seen));
        return missing.isEmpty();
    }

    private Write checkWritten(Open request, @Nullable Write write, Written written) {
        if (write == null || !write.dot.equals(written.dot())) {
            throw new Violation(Law.ANSWER, request.at() + " answers " + written + " but wrote " + write);
        }
        unless(
                world.judge().copy(request.at()).applied().get(write.number),
                Law.DURABLE_FIRST,
                () -> request.at() + " says that " + write + " is written, and it is not on its disk");
        unless(
                written.applied().contains(written.dot())
                        && written.context().dots().equals(List.of(written.dot()))
                        && written.context().absent() == write.payload.isDeletion(),
                Law.ANSWER,
                () -> written + " contradicts itself");
        return write;
    }

    private void checkTimedOut(Open request, @Nullable Write write, ConcernTimedOut timedOut) {
        Write held = checkWritten(request, write, timedOut.written());
        Set<NodeId> holders = everHolding(held);
        held.holdersWhenAcknowledged = Optional.of(Set.copyOf(timedOut.acknowledgedBy()));
        WriteRequested asked = (WriteRequested) request.request();
        unless(
                holders.containsAll(timedOut.acknowledgedBy())
                        && timedOut.acknowledgedBy().get(0).equals(request.at())
                        && (isAfterElection(request.at())
                                || !asked.concern().enough(evidence(request, timedOut.acknowledgedBy(), false))),
                Law.DURABLE_FIRST,
                () -> request.at() + " answers " + asked + " with " + timedOut + ", and had it: " + holders);
        if (timedOut.over() == Over.TIME) {
            requireTimePassed(request, asked.timeout());
        } else {
            unless(
                    isEpochOver(request),
                    Law.ANSWER,
                    () -> request.at() + " answers " + asked + " with " + timedOut + ", and its epoch goes on");
        }
    }

    private boolean isEpochOver(Open request) {
        EpochStatus now = world.node(request.at()).epoch();
        return !now.heeded() || !now.epoch().ballot().equals(request.epochThen());
    }

    /** Then writes may have waited for more than their clients asked for, or for an epoch that was over. */
    private boolean isAfterElection(NodeId node) {
        EpochStatus epoch = world.node(node).status().epoch();
        return !epoch.heeded() || !epoch.epoch().ballot().isZero();
    }

    /** What the holders are worth at the most, or at the least: nobody here knows which homes were silent. */
    private Evidence evidence(Open request, Collection<NodeId> holders, boolean standInsCount) {
        Copies copies = world.node(request.at()).copies();
        return Evidence.of(request.at(), copies.counting(holders, home -> standInsCount), copies);
    }

    private void checkRefused(Open request, Refused refused) {
        if (refused.reason() == Refusal.NOT_ADMITTED) {
            unless(
                    !request.admittedThen() || world.judge().seals().isRetired(request.at()),
                    Law.ANSWER,
                    () -> request.at() + " is admitted and refuses a write: " + refused);
        }
        if (refused.reason() == Refusal.TOO_MANY_COPIES) {
            unless(
                    !isPossible((WriteRequested) request.request(), request.at()),
                    Law.ANSWER,
                    () -> request + " was refused, although all copies together are enough: " + refused);
        }
        if (refused.reason() == Refusal.NO_QUORUM) {
            requireTimePassed(request, timeoutOf(request));
        }
        if (refused.reason() == Refusal.NOT_REACHED) {
            requireTimePassed(request, timeoutOf(request));
            if (request.request() instanceof VerifyRequested) {
                return;
            }
            unless(!isReached(request), Law.ANSWER, () -> request + " was refused, although it is reached");
        }
    }

    /** Whether all copies that the node knows, and knew before it heard of others in the same step, would be enough. */
    private boolean isPossible(WriteRequested write, NodeId at) {
        SimulatedNode node = world.node(at);
        return isPossible(write, at, node.copies()) && isPossible(write, at, node.copiesBefore());
    }

    private boolean isPossible(WriteRequested write, NodeId at, Copies known) {
        Set<String> sealed = new TreeSet<>();
        known.nodes().stream()
                .filter(node -> world.judge().seals().hasSealed(at, node))
                .forEach(node -> sealed.add(node.node()));
        Copies left = known.without(sealed);
        return write.concern().enough(Evidence.of(at, left.homes(), left));
    }

    private boolean isReached(Open request) {
        BitSet applied = world.judge().copy(request.at()).seenAtStep();
        if (request.request() instanceof ReadRequested read) {
            return !read.concern().asksCopies()
                    && !world.judge().copy(request.at()).isMerging()
                    && world.node(request.at()).applied().dominates(read.atLeast());
        }
        WriteRequested write = (WriteRequested) request.request();
        return world.judge().ledger().hasAll(dotsOf(write.condition()), applied)
                && world.node(request.at()).applied().dominates(write.atLeast());
    }

    private static List<Dot> dotsOf(WriteCondition condition) {
        if (condition instanceof WriteCondition.Seen seen) {
            return seen.context().dots();
        }
        return condition instanceof WriteCondition.IfCurrent current
                ? current.context().dots()
                : List.of();
    }

    private static Duration timeoutOf(Open request) {
        if (request.request() instanceof VerifyRequested verify) {
            return verify.timeout();
        }
        return request.request() instanceof ReadRequested read
                ? read.timeout()
                : ((WriteRequested) request.request()).timeout();
    }

    private void requireTimePassed(Open request, Duration timeout) {
        unless(
                world.schedule().nowNanos() - request.askedNanos() >= timeout.toNanos(),
                Law.ANSWER,
                () -> request + " was given up before its time");
    }

    private Set<NodeId> everHolding(Write write) {
        Set<NodeId> holders = new LinkedHashSet<>();
        for (NodeId node : world.scenario().nodes()) {
            if (world.judge().copy(node).everHeld().get(write.number)) {
                holders.add(node);
            }
        }
        return holders;
    }
}
