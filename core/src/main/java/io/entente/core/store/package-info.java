/**
 * What a node keeps durably, behind one port: atomic batches, point reads, ordered scans, consistent snapshots.
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>table
 *   <dd>a key space of its own; keys are bytes in unsigned order
 *   <dt>batch
 *   <dd>the operations that become visible and durable together, or not at all
 *   <dt>commit
 *   <dd>making a batch visible and as durable as the store was opened for
 *   <dt>head
 *   <dd>the number of batches ever committed, written in the same batch as each of them
 *   <dt>engine
 *   <dd>what opens stores of one kind, and copies of them
 *   <dt>fenced
 *   <dd>a store one of whose commits has failed: it may hold what it said it does not, so it takes no more
 *   <dt>unknown
 *   <dd>the outcome of a commit whose failure leaves open whether the batch exists
 * </dl>
 *
 * <p>The port and {@code store.memory} are deterministic and touch no files, clocks, threads or randomness;
 * {@code store.rocksdb} and {@code store.directory} own a node's files.
 */
@NullMarked
package io.entente.core.store;

import org.jspecify.annotations.NullMarked;
