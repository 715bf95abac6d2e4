package io.entente.cluster.membership;

import io.entente.cluster.clock.ClockReport;
import io.entente.cluster.health.HealthNote;
import io.entente.cluster.health.HealthReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What speaks against a node, read off its state.
 *
 * @param state the state
 */
record NodeHealth(NodeState state) {

    /** Why the node is not alive. */
    List<HealthNote> failures() {
        return state.failureNotes();
    }

    /** Why the node is not ready; what keeps it from being alive is among it. */
    List<HealthNote> obstacles() {
        List<HealthNote> obstacles = new ArrayList<>(failures());
        if (state.isStopping()) {
            obstacles.add(new HealthNote(HealthReason.STOPPING, "the node is stopping"));
        }
        if (state.cluster().isEmpty()) {
            obstacles.add(new HealthNote(
                    HealthReason.CLUSTER_UNKNOWN,
                    "the node does not know its cluster yet: it looks for a seed that answers"));
        }
        if (!state.isMember()) {
            obstacles.add(new HealthNote(HealthReason.NOT_A_MEMBER, "the node is not a member of the cluster yet"));
        } else if (!state.isAcquainted()) {
            obstacles.add(
                    new HealthNote(HealthReason.NOT_GREETED, "no other node of its cluster has greeted the node yet"));
        }
        state.refusals().forEach(why -> obstacles.add(new HealthNote(HealthReason.SEED_REFUSED, why)));
        withoutLeader().ifPresent(obstacles::add);
        clock(ClockReport.Verdict.UNCHECKED, HealthReason.CLOCK_UNCHECKED).ifPresent(obstacles::add);
        obstacles.addAll(state.catchingUp());
        return Collections.unmodifiableList(obstacles);
    }

    /** What an operator should look at though the node serves. */
    List<HealthNote> remarks() {
        List<HealthNote> remarks = new ArrayList<>(state.resolvers().notes());
        state.modes()
                .remarks(state.modeInForce(), System.nanoTime())
                .forEach(difference -> remarks.add(new HealthNote(HealthReason.MODES_DIFFER, difference)));
        state.disk().ifPresent(why -> remarks.add(new HealthNote(HealthReason.DISK_FULL, why)));
        state.damage().ifPresent(what -> remarks.add(new HealthNote(HealthReason.STORE_DAMAGED, what)));
        state.met().twins(System.nanoTime()).forEach(why -> remarks.add(new HealthNote(HealthReason.NAME_TWICE, why)));
        degraded().ifPresent(remarks::add);
        clock(ClockReport.Verdict.OFF, HealthReason.CLOCK_OFF).ifPresent(remarks::add);
        clock(ClockReport.Verdict.DOUBTED, HealthReason.CLOCKS_DIFFER).ifPresent(remarks::add);
        return Collections.unmodifiableList(remarks);
    }

    /** The kinds of all of these. */
    SortedSet<HealthReason> reasons() {
        SortedSet<HealthReason> reasons = new TreeSet<>();
        Stream.of(obstacles(), remarks()).flatMap(List::stream).forEach(note -> reasons.add(note.reason()));
        return reasons;
    }

    /** The sentences of notes. */
    static List<String> sentences(List<HealthNote> notes) {
        return notes.stream().map(HealthNote::sentence).toList();
    }

    private Optional<HealthNote> withoutLeader() {
        SortedSet<Integer> without = state.withoutLeader();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(new HealthNote(
                        HealthReason.NO_LEADER,
                        "no leader is known yet of the partitions " + without
                                + ": the node waits for the others of its data center, or for its own turn"));
    }

    private Optional<HealthNote> degraded() {
        SortedSet<Integer> degraded = state.degraded();
        return degraded.isEmpty()
                ? Optional.empty()
                : Optional.of(new HealthNote(
                        HealthReason.WRITES_DEGRADED,
                        "the last write to each of the partitions " + degraded
                                + " was acknowledged although fewer followers had it than the mode asks for, since they"
                                + " didn't answer in time: if this node is lost now, such writes may be too; bring back"
                                + " the followers that /cluster shows as not live or behind"));
    }

    private Optional<HealthNote> clock(ClockReport.Verdict verdict, HealthReason reason) {
        return state.clock()
                .filter(report -> report.verdict() == verdict)
                .flatMap(report -> report.refusal().or(report::warning))
                .map(sentence -> new HealthNote(reason, sentence));
    }
}
