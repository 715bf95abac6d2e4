package io.entente.core.replica;

import io.entente.core.journal.JournalLimits;

/**
 * The bounds of a replica. Every queue, window and buffer has one.
 *
 * @param creditBytes how many bytes of entries a source may send ahead of this replica's acknowledgement; too small starves long
 *     links (bandwidth × round trip), too large lets a burst fill the receiver's memory
 * @param messageBytes the size at which a message of entries is closed; a single entry may exceed it
 * @param tailBytes how many bytes of the latest entries are kept in memory for sending; what is older is read from the log
 * @param earlyBytes how many bytes of entries may wait for others they depend on; what doesn't fit is asked for again
 * @param cacheBytes about how many bytes the cache of records' outlines takes, some 40 and the key for each record; a write to a
 *     record that isn't in it reads the store first
 * @param waitingRequests how many requests may wait at once; one more is refused as overload
 * @param siblings how many siblings a client's write may leave; never applied to replicated writes
 * @param purgesPerTick how many deleted records are purged at a tick at most
 * @param journal how much the conflict journal keeps
 * @param mergesPerStep how many records of a snapshot are merged in a step at most
 * @param retention how long entries stay in the log
 */
public record Limits(
        long creditBytes,
        int messageBytes,
        long tailBytes,
        long earlyBytes,
        long cacheBytes,
        int waitingRequests,
        int siblings,
        int purgesPerTick,
        JournalLimits journal,
        int mergesPerStep,
        Retention retention) {

    /** Values for a node with eight partitions in a heap of 256 MiB. */
    public static Limits defaults() {
        return new Limits(
                1 << 20,
                96 << 10,
                512 << 10,
                2 << 20,
                8 << 20,
                10_000,
                64,
                256,
                JournalLimits.defaults(),
                256,
                Retention.defaults());
    }
}
