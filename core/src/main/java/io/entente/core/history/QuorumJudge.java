package io.entente.core.history;

import io.entente.core.record.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Judges, from values alone, that reads are regular where quorums meet: a read sees every write that was acknowledged before it began, or
 * one that stands for it (Lamport, <i>On Interprocess Communication</i>, 1986: a regular register). Not thread-safe.
 */
public final class QuorumJudge {

    private final Descent descent;
    private final Consumer<String> broken;
    private final Consumer<String> missed;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /**
     * @param descent which values stand for which others
     * @param broken is told, in a sentence, when nothing excuses what was shown; it may throw
     * @param missed is told when a read misses a write: the same, unless quorums were sloppy, which excuses that
     */
    public QuorumJudge(Descent descent, Consumer<String> broken, Consumer<String> missed) {
        this.descent = descent;
        this.broken = broken;
        this.missed = missed;
    }

    /**
     * A write that a quorum has acknowledged.
     *
     * @param key its key
     * @param value what was written
     * @param quorum names the reads whose copies meet those that the write was acknowledged by
     * @param atNanos when its client was told
     * @param lasting whether one of the disks that the acknowledgement rested on has kept it ever since
     */
    public record Acknowledged(RecordKey key, String value, String quorum, long atNanos, Lasting lasting) {}

    /**
     * What an acknowledgement is still worth.
     *
     * @param survives whether one of the disks that an acknowledgement rested on has kept it ever since
     * @param survivesWhereItRuns whether one of these belongs to a node that is up
     */
    public record Lasting(BooleanSupplier survives, BooleanSupplier survivesWhereItRuns) {

        /** Where no disk is ever lost. */
        public static Lasting always() {
            return new Lasting(() -> true, () -> true);
        }
    }

    /** A client is told that its write is held by a quorum. */
    public void acknowledged(Acknowledged write) {
        acknowledged.add(write);
    }

    /** A client is shown the values of a key that it asked for at that time. */
    public void shown(RecordKey key, Collection<String> shown, String quorum, long askedNanos) {
        for (Acknowledged write : acknowledged) {
            boolean mustBeSeen = write.key.equals(key)
                    && write.quorum.equals(quorum)
                    && write.atNanos < askedNanos
                    && !descent.isCovered(write.value, shown);
            if (mustBeSeen && write.lasting.survives.getAsBoolean()) {
                missed.accept(write.value + " was acknowledged at " + write.atNanos + " by " + quorum
                        + ", and a read of " + key + " that began at " + askedNanos + " saw " + shown);
            }
        }
    }

    /** When all is healed and at rest, whoever stood in has handed over: nothing that was acknowledged is missing anywhere. */
    public void shownAtLast(RecordKey key, Collection<String> shown) {
        for (Acknowledged write : acknowledged) {
            boolean isMissing = write.key.equals(key)
                    && !descent.isCovered(write.value, shown)
                    && write.lasting.survivesWhereItRuns.getAsBoolean();
            if (isMissing) {
                broken.accept(write.value + " was acknowledged at " + write.atNanos + " by " + write.quorum
                        + ", and is missing in the end: " + key + " reads as " + shown);
            }
        }
    }
}
