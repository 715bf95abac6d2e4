package io.entente.core.store;

/** What is promised about a batch once its commit has returned. */
public enum Durability {
    /** It survives a power loss: each commit waits for the device. Costs the latency of one fsync a commit. */
    FSYNC,
    /**
     * It survives the end of the process, by {@code kill -9} as well; a power loss or a kernel crash takes the last
     * seconds.
     */
    OS,
    /** It survives until the process ends; a crash takes what was not yet flushed, a clean close keeps everything. */
    MEMORY
}
