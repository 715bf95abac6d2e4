/**
 * Letting go of nodes, and of what only they have.
 *
 * <ul>
 *   <li><b>retire</b>: the members that remain agree how far they have a node's writes, apply no more of them, and no longer count the node.
 *   <li><b>put aside</b>: what becomes of the data of a node that was retired and is started again: it is kept, and no longer used.
 *   <li><b>lost write</b>: one that only data put aside has.
 *   <li><b>salvage</b>: writing such writes back, as new ones.
 * </ul>
 *
 * The handshake itself is in {@code core.replica}; here are the operator's ways to it.
 */
@NullMarked
package io.entente.cluster.retirement;

import org.jspecify.annotations.NullMarked;
