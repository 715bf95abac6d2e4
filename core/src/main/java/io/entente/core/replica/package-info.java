/**
 * The replica: a deterministic state machine. Events go in, a batch to make durable and effects to perform after it come out.
 *
 * <ul>
 *   <li><b>write path</b>: from a client's request to an entry of this node's incarnation.
 *   <li><b>replication path</b>: from a peer's message to an entry applied in causal order.
 *   <li><b>source</b>: the neighbour from which an origin's entries are pulled; <b>feed</b>: the other side of that.
 *   <li><b>admission</b>: how a replica that is new, or may have lost data, comes to originate.
 *   <li><b>stable</b>: a dot that every write still to come has seen.
 * </ul>
 *
 * A replica is confined to one thread at a time; it has no clock, no randomness and no sockets of its own.
 */
@NullMarked
package io.entente.core.replica;

import org.jspecify.annotations.NullMarked;
