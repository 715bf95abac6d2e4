package io.entente.samples.bench.site;

import io.entente.core.store.Durability;

/**
 * What all sites of a measurement share.
 *
 * @param durability what an acknowledged write survives
 * @param partitions into how many slices the keys are divided
 * @param latencyMillis the one-way delay of messages between data centers
 * @param membersNamed whether all sites are named beforehand, so that none writes before all have started
 */
public record Terms(Durability durability, int partitions, int latencyMillis, boolean membersNamed) {

    private static final int MOST_PARTITIONS = 1_024;

    public Terms {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException("--partitions is " + partitions + ": give 1 to " + MOST_PARTITIONS);
        }
    }

    /** As many as a node has by default. */
    public static final int PARTITIONS = 8;

    /** Default partitions, no delay. */
    public static Terms of(Durability durability) {
        return new Terms(durability, PARTITIONS, 0, true);
    }

    /** With that delay. */
    public Terms withLatency(int millis) {
        return new Terms(durability, partitions, millis, membersNamed);
    }

    /** With so many partitions. */
    public Terms withPartitions(int count) {
        return new Terms(durability, count, latencyMillis, membersNamed);
    }

    /** Without naming the members, so that sites come as they like. */
    public Terms withoutMembers() {
        return new Terms(durability, partitions, latencyMillis, false);
    }
}
