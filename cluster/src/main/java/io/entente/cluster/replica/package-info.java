/**
 * The thin shell around core's replicas: an actor a partition, one commit thread and one set of links a node.
 *
 * <ul>
 *   <li><b>group commit</b>: whatever waits, of all partitions, goes to the store as one batch.
 *   <li><b>link</b>: the way to a peer; can be cut and delayed on purpose.
 *   <li><b>spare time</b>: the share of a node's time for what nobody waits for: snapshots' chunks, sent, staged and merged.
 *   <li><b>address book</b>: where peers are, by node.
 * </ul>
 *
 * What arrives while a step's batch is being committed is the next step's; nothing leaves before its batch is durable.
 */
@NullMarked
package io.entente.cluster.replica;

import org.jspecify.annotations.NullMarked;
