/**
 * How far the clocks of nodes are apart, and whether this node's may be trusted with timestamps.
 *
 * <ul>
 *   <li><b>skew</b>: how far another node's clock is ahead of this one's; negative when it is behind.
 *   <li><b>median</b>: the middle one of all clocks that are known, this node's among them.
 *   <li><b>off</b>: further from the median than the allowed drift.
 * </ul>
 *
 * Pure: the time is an argument. Causality never rests on clocks; they only order writes that are truly concurrent.
 */
@NullMarked
package io.entente.cluster.clock;

import org.jspecify.annotations.NullMarked;
