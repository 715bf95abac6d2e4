package io.entente.core.store;

/** The key spaces of a store. The order and the names are part of the stored format: add at the end, rename never. */
public enum Table {
    /** Entries by partition, origin and sequence. */
    LOG,
    /** The siblings of each key. */
    RECORD,
    /** A snapshot on its way in, not yet merged. */
    STAGING,
    /** Vectors, members, epochs: what is kept once a partition or once a node. */
    META,
    /** Detected conflicts and their outcomes. */
    JOURNAL
}
