/**
 * The rules in which replication modes differ, as small values over the one replica.
 *
 * <ul>
 *   <li><b>write concern</b>: whose version vector must contain a write before the client gets its answer.
 * </ul>
 */
@NullMarked
package io.entente.core.mode;

import org.jspecify.annotations.NullMarked;
