package io.entente.cluster.settings;

import java.util.Objects;

/**
 * The mode in which any copy of a partition takes writes.
 *
 * @param quorums how many copies requests count on where neither they nor their map say it
 * @param sloppyQuorum whether other nodes stand in for copies that can't be heard, so that quorums need not meet
 * @param standIns how many nodes a data center has for that beside the homes of each partition, 1 to 16, as far as it has nodes
 */
public record LeaderlessSettings(QuorumSettings quorums, boolean sloppyQuorum, int standIns) {

    static final int MOST_STAND_INS = 16;

    /** Throws {@link IllegalArgumentException} for a number out of range. */
    public LeaderlessSettings {
        Objects.requireNonNull(quorums, "quorums");
        Rules.between("the number of stand-ins", standIns, 1, MOST_STAND_INS);
    }
}
