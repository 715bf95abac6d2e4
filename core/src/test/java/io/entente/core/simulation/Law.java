package io.entente.core.simulation;

/** The laws a history is judged by. */
enum Law {
    /** Entries are applied in sequence, after all they depend on (I1, I2). */
    CAUSAL_ORDER,
    /** A record is the function of the vector it is read with (I3). */
    RECORD,
    /** A write that has seen another one replaces it, whatever the clocks say: no causally later write ever loses. */
    CAUSALITY_FIRST,
    /** What is told has been made durable before (I4). */
    DURABLE_FIRST,
    /** A dot names one write (I5). */
    DOT_UNIQUE,
    /** No acknowledged write is lost while a store that had it survives (I6). */
    ACKNOWLEDGED,
    /** A write replaces only what its origin has (I7), and a conditional one only when its condition holds. */
    CONDITION,
    /** A deletion is purged only when every write still to come has seen it. */
    PURGE,
    /** The versions that siblings descend from are the function of the vector they are read with, and kept only while needed. */
    ANCESTOR,
    /** Every conflict a disk shows is in its journal from then on, as far as its bounds go, under one name everywhere. */
    JOURNAL,
    /** Whoever follows a map is told of every key at which readers find something else, in the commit that makes it so. */
    CHANGE,
    /** A node's own entry stays in its log until another node has had it. */
    RETENTION,
    /** A log has everything from where it says that it begins, and nothing before. */
    LOG,
    /** Who may have lost data writes only after it has caught up. */
    ADMISSION,
    /** Of a retired node's writes all remaining ones have the same, and nobody stops counting it before that. */
    SEAL,

    /** What only a disk has that was put aside is offered to be written anew, and nothing else is. */
    SALVAGE,

    /** Every request is answered once, in time, and the answer is true. */
    ANSWER,
    /** Where quorums meet, a read sees every write that was acknowledged before it began, as long as a disk that had it survives. */
    QUORUM,
    /** What is written with a majority's acknowledgement, and read of leaders, fits into one order. */
    LINEARIZABLE,
    /** Whoever has seen or written something is never shown less, nor is who reads what was written after that. */
    SESSION,
    /** Once all nodes know how data centers are linked, entries travel only from one to another that may pull from it. */
    EDGES,
    /** Nothing alarms an operator without a cause. */
    ALARM,
    /** A comparison of records finds what is wrong with a disk, and nothing where nothing is. */
    VERIFICATION,
    /** When faults end, everybody comes to have everything. */
    LIVENESS
}
