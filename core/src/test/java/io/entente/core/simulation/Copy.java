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

    /** The disk lost all commits after the first so many. */
    void loseAllBut(int commits) {
        BitSet before = applied;
        afterCommit.subList(commits, afterCommit.size()).clear();
        applied = commits == 0
                ? new BitSet()
                : (BitSet) afterCommit.get(commits - 1).clone();
        before.andNot(applied);
        lost.or(before);
    }
}
