package io.entente.core.simulation;

import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Judges, from values alone, that reads are regular where quorums meet: a read sees every write that was acknowledged before it began, or
 * one that stands for it (Lamport, <i>On Interprocess Communication</i>, 1986: a regular register).
 */
final class QuorumJudge {

    private final Descent descent;
    private final Optional<Runnable> onMissed;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /**
     * @param onMissed what to do where a read misses a write, which only sloppy quorums excuse; empty for strict ones
     */
    QuorumJudge(Descent descent, Optional<Runnable> onMissed) {
        this.descent = descent;
        this.onMissed = onMissed;
    }

    /**
     * @param quorum names the reads whose copies meet those that the write was acknowledged by
     * @param lasting whether one of the disks that the acknowledgement rested on has kept it ever since
     */
    record Acknowledged(RecordKey key, String value, String quorum, long atNanos, Lasting lasting) {}

    /**
     * @param survives whether one of the disks that an acknowledgement rested on has kept it ever since
     * @param survivesWhereItRuns whether one of these belongs to a node that is up
     */
    record Lasting(BooleanSupplier survives, BooleanSupplier survivesWhereItRuns) {}

    /** A client is told that its write is held by a quorum. */
    void acknowledged(Acknowledged write) {
        acknowledged.add(write);
    }

    /** A client is shown the values of a key that it asked for at that time. */
    void shown(RecordKey key, Collection<String> shown, String quorum, long askedNanos) {
        for (Acknowledged write : acknowledged) {
            boolean mustBeSeen = write.key.equals(key)
                    && write.quorum.equals(quorum)
                    && write.atNanos < askedNanos
                    && !descent.isCovered(write.value, shown);
            if (mustBeSeen && write.lasting.survives.getAsBoolean()) {
                onMissed.orElseThrow(() -> new Violation(
                                Law.QUORUM,
                                write.value + " was acknowledged at " + write.atNanos + " by " + quorum
                                        + ", and a read of " + key + " that began at " + askedNanos + " saw " + shown))
                        .run();
            }
        }
    }

    /** When all is healed and at rest, whoever stood in has handed over: nothing that was acknowledged is missing anywhere. */
    void shownAtLast(RecordKey key, Collection<String> shown) {
        for (Acknowledged write : acknowledged) {
            Violation.unless(
                    !write.key.equals(key)
                            || descent.isCovered(write.value, shown)
                            || !write.lasting.survivesWhereItRuns.getAsBoolean(),
                    Law.QUORUM,
                    () -> write.value + " was acknowledged at " + write.atNanos + " by " + write.quorum
                            + ", and is missing in the end: " + key + " reads as " + shown);
        }
    }
}
