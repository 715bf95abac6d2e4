package io.entente.core.simulation;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the judge knows of one node's disk: which writes are on it, and which ever were. */
final class Copy {

    private final NodeId node;
    private final List<BitSet> afterCommit = new ArrayList<>();
    private BitSet applied = new BitSet();
    private final BitSet everHeld = new BitSet();
    private final BitSet lost = new BitSet();

    /** The writes of the snapshot that this node is merging; none while it isn't. */
    private BitSet merging = new BitSet();

    /** The same when the replica made its last step: merging begins with the step after the one that stages the last of it. */
    private BitSet mergingAtStep = new BitSet();

    /** Whether the last commit ended a merge. */
    private boolean mergeEnded;

    /** What others had when this node started without being sure of its data; it must have that before it writes. */
    private final Map<NodeId, BitSet> toCatchUp = new LinkedHashMap<>();

    Copy(NodeId node) {
        this.node = node;
    }

    NodeId node() {
        return node;
    }

    BitSet applied() {
        return applied;
    }

    BitSet merging() {
        return merging;
    }

    boolean isMerging() {
        return !merging.isEmpty();
    }

    /** Whether the last commit was part of a merge, be it the last one of it. */
    boolean hasJustMerged() {
        return isMerging() || mergeEnded;
    }

    /** What a write made now may have seen: all that is applied and, while a snapshot is merged, all that it holds. */
    BitSet seen() {
        BitSet seen = (BitSet) applied.clone();
        seen.or(merging);
        return seen;
    }

    void steps() {
        mergingAtStep = merging;
    }

    /** What a write could have seen that was made in the last step. */
    BitSet seenAtStep() {
        BitSet seen = (BitSet) applied.clone();
        seen.or(mergingAtStep);
        return seen;
    }

    /** After a commit: what is being merged now. When that is over, everything in it is applied. */
    boolean merges(BitSet now) {
        boolean finished = isMerging() && now.isEmpty();
        mergeEnded = finished;
        if (finished) {
            applied.or(merging);
            everHeld.or(merging);
            afterCommit.set(afterCommit.size() - 1, (BitSet) applied.clone());
        }
        merging = now;
        return finished;
    }

    BitSet everHeld() {
        return everHeld;
    }

    /** The writes that were on this disk and are not, or were not for a while. */
    BitSet lost() {
        return lost;
    }

    Map<NodeId, BitSet> toCatchUp() {
        return toCatchUp;
    }

    void committed(List<Write> writes) {
        for (Write write : writes) {
            applied.set(write.number);
            everHeld.set(write.number);
        }
        afterCommit.add((BitSet) applied.clone());
    }

    /** The disk was put aside for an empty one. */
    void putAside() {
        lost.or(applied);
        applied = new BitSet();
        merging = new BitSet();
        mergingAtStep = new BitSet();
        afterCommit.clear();
    }

    /** The disk lost all commits after the first so many. */
    void loseAllBut(int commits) {
        BitSet before = applied;
        merging = new BitSet();
        afterCommit.subList(commits, afterCommit.size()).clear();
        applied = commits == 0
                ? new BitSet()
                : (BitSet) afterCommit.get(commits - 1).clone();
        before.andNot(applied);
        lost.or(before);
    }
}
