package io.entente.core.store.memory;

/** What becomes of the batch whose commit is made to fail. Its committer cannot tell one from the other. */
public enum CommitFault {
    /** The batch is gone. */
    LOSES_THE_BATCH,
    /** The batch is there all the same, as after an fsync that failed late. */
    KEEPS_THE_BATCH
}
