/**
 * A node's data directory: whose it is, that only one process has it, and whether its store is what it was.
 *
 * <pre>
 *   lock         held while the directory is open; says by whom
 *   identity     cluster, node, data center, partitions, format; replaced as a whole
 *   high-water   the head after the last commit, beside the store so that it survives what the store loses
 *   engine       the name of the store's engine, where that isn't RocksDB
 *   store/       what the engine keeps
 * </pre>
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>identity
 *   <dd>what a directory was made for; opening it for anything else is refused
 *   <dt>head
 *   <dd>the number of batches committed to the store
 *   <dt>high-water record
 *   <dd>the head after the last successful commit, the boot in which it was written, and whether the stop was clean
 *   <dt>boot
 *   <dd>the time from one start of the operating system to its end; within one, what was written to a file is read back
 *   <dt>intact
 *   <dd>proven to hold every commit that ever returned
 *   <dt>doubt
 *   <dd>that it may have lost some; it stays until the node has caught up, however often it is started meanwhile
 * </dl>
 *
 * <p>Touches {@code core.bytes}, {@code core.store}, {@code store.rocksdb}, the files of the directory, and on Linux
 * {@code /proc/sys/kernel/random/boot_id}.
 */
@NullMarked
package io.entente.core.store.directory;

import org.jspecify.annotations.NullMarked;
