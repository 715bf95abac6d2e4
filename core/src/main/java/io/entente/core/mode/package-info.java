/**
 * The rules in which replication modes differ, as small values over the one replica.
 *
 * <ul>
 *   <li><b>write concern</b>: whose version vector must contain a write before the client gets its answer.
 *   <li><b>read concern</b>: whose version vectors a replica must reach before it answers a read.
 *   <li><b>chain</b>: the order in which copies pull from each other where the last one acknowledges.
 * </ul>
 *
 * Which mode a partition has is said by its {@code Epoch}, in the {@code message} package.
 */
@NullMarked
package io.entente.core.mode;

import org.jspecify.annotations.NullMarked;
