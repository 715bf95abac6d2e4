package io.entente.core.store.rocksdb;

import io.entente.core.store.Durability;

/**
 * How a {@link RocksStore} promises and what it may take. All sizes are in bytes and for the whole database; together
 * they bound its native memory to about {@code blockCacheBytes + totalWriteBufferBytes} and a few megabytes.
 *
 * @param durability what a commit promises when it returns
 * @param blockCacheBytes for blocks, indexes and filters read from the tables' files, shared by all tables. Too small
 *     costs reads from disk
 * @param writeBufferBytes one table's buffer before it is written to a file. Too small makes many small files
 * @param totalWriteBufferBytes all tables' buffers together. Too small makes many small files
 * @param maxLogBytes the write-ahead log before the tables that hold it back are flushed; bounds what a start replays.
 *     At least {@code totalWriteBufferBytes}, or the buffers never fill
 * @param maxOpenFiles file handles kept open
 * @param backgroundJobs threads for flushes and compactions. More than the processor's cores take from the commits
 */
public record RocksStoreSettings(
        Durability durability,
        long blockCacheBytes,
        long writeBufferBytes,
        long totalWriteBufferBytes,
        long maxLogBytes,
        int maxOpenFiles,
        int backgroundJobs) {

    private static final long MEBIBYTE = 1L << 20;

    /** Checks that each number is positive and that they fit together. */
    public RocksStoreSettings {
        requireAtLeast(MEBIBYTE, blockCacheBytes, "blockCacheBytes");
        requireAtLeast(MEBIBYTE, writeBufferBytes, "writeBufferBytes");
        requireAtLeast(writeBufferBytes, totalWriteBufferBytes, "totalWriteBufferBytes");
        requireAtLeast(totalWriteBufferBytes, maxLogBytes, "maxLogBytes");
        requireAtLeast(16, maxOpenFiles, "maxOpenFiles");
        requireAtLeast(1, backgroundJobs, "backgroundJobs");
    }

    /**
     * Modest sizes, so that several stores fit into one process: 32 MiB of block cache, buffers of 16 MiB and 64 MiB
     * together, 128 MiB of log, 256 files, 2 threads.
     */
    public static RocksStoreSettings of(Durability durability) {
        return new RocksStoreSettings(durability, 32 * MEBIBYTE, 16 * MEBIBYTE, 64 * MEBIBYTE, 128 * MEBIBYTE, 256, 2);
    }

    /** With buffers that hold all that the log may have, so that reading it fills none. */
    RocksStoreSettings withRoomForTheLog() {
        return new RocksStoreSettings(
                durability, blockCacheBytes, maxLogBytes, maxLogBytes, maxLogBytes, maxOpenFiles, backgroundJobs);
    }

    private static void requireAtLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }
}
