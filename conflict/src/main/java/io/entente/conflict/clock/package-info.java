/**
 * Time for ordering what causality leaves open.
 *
 * <p>Glossary:
 *
 * <ul>
 *   <li>{@link io.entente.conflict.clock.HybridTimestamp}: wall-clock milliseconds and a counter.
 *   <li>{@link io.entente.conflict.clock.HybridClock}: gives ever higher timestamps close to the wall clock.
 *   <li>drift: how far ahead of this node's wall clock another's timestamp is.
 * </ul>
 *
 * <p>Nothing here reads a clock: the time is an argument.
 */
@NullMarked
package io.entente.conflict.clock;

import org.jspecify.annotations.NullMarked;
