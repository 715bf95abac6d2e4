package io.entente.core.simulation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a history can come through; over a campaign, all of it must have happened often. */
enum Path {
    WRITTEN,
    CONDITIONAL_WRITE,
    CONTEXT_WAITED_FOR,
    CONCERN_MET,
    CONCERN_TIMED_OUT,
    NOT_ADMITTED,
    NOT_REACHED,
    PRECONDITION_FAILED,
    TOO_MANY_SIBLINGS,
    OVERLOADED,
    ABSENT_READ,
    VALUE_READ,
    CONFLICT_READ,
    /** Siblings that descend from one version, from several, from none; of a map that asks. */
    ANCESTOR_FOUND,
    ANCESTORS_CROSSED,
    NO_ANCESTOR,
    CONFLICT_JOURNALED,
    CONFLICT_GREW,
    CONFLICT_CUT_SHORT,
    CONFLICT_DROPPED,
    SESSION_WAITED_FOR,
    PURGE_IN_TROUBLE,
    LINK_CUT,
    CRASH,
    COMMIT_REACHED_DISK_UNSEEN,
    DATA_LOST,
    WRITE_LOST_EVERYWHERE,
    CAUGHT_UP_AFTER_LOSS,
    ENTRY_DAMAGED,
    DAMAGE_NOTICED,
    ENTRY_RELAYED,
    LOG_READ,
    LINK_CUT_FOR_GOOD,
    NODE_GONE_FOR_GOOD,
    /** A write replaced one that bears a later time: its clock was behind. */
    CLOCK_BEHIND,
    /** A node leads its data center that is not the first one by rank; only where data centers have several nodes. */
    TAKEOVER,
    /** The following three only where clients operate on mergeable values. */
    PART_FORGOTTEN,
    PART_PURGED,
    TALLY_PURGED,
    /** The following only where logs are truncated. */
    SNAPSHOT_MERGED,
    CHUNK_DROPPED,
    ROW_IN_PARTS,
    /** The following only where records are compared, and disks change rows. */
    VERIFIED,
    VERIFIED_WHILE_MOVING,
    PROVED_EQUAL,
    ROTTED,
    ROT_REPAIRED,
    ROT_WITHOUT_MAJORITY,
    ROT_CHANGED,
    /** The following only where clients ask for quorums. */
    QUORUM_WRITTEN,
    QUORUM_READ,
    NO_QUORUM,
    /** The following only where quorums are sloppy. */
    SLOPPILY_WRITTEN,
    SLOPPILY_MISSED,
    /** The following only where data centers have several nodes, or some are retired. */
    TOO_MANY_COPIES,
    /** The following only where nodes are retired: dead for good, away for a while, while they were up; and what came of it. */
    RETIRED_DEAD,
    RETIRED_AWAY,
    RETIRED_ALIVE,
    RETIRED_CAME_BACK,
    SEALED,
    SALVAGEABLE,
    /** The following only where a leader leads, or is to. */
    LINK_CLOGGED,
    NOT_LEADER,
    NO_LEADER,
    EPOCH_OVER,
    LEADER_NAMED,
    MODE_CHANGED,
    LEADER_READ,
    LEADER_WRITTEN,
    WRITTEN_WITHOUT_MAJORITY,
    /** The following only where voters change. */
    VOTERS_CHANGED,
    VOTERS_REFUSED;

    /** What comes to pass only where a leader leads. */
    static final Set<Path> OF_LEADERS =
            Collections.unmodifiableSet(EnumSet.range(LINK_CLOGGED, WRITTEN_WITHOUT_MAJORITY));

    /** What comes to pass only where voters change, beside what does where a leader leads. */
    static final Set<Path> OF_VOTERS = Collections.unmodifiableSet(EnumSet.range(VOTERS_CHANGED, VOTERS_REFUSED));
}
