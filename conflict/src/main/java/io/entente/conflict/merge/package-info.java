/**
 * Values that merge by themselves: counters, flags, sets, registers and maps of them.
 *
 * <ul>
 *   <li><b>operation</b>: what a client asks for: increment, add, remove.
 *   <li><b>part</b>: a row of a value, with versions or a sum of its own; its name begins with the <b>tag</b> of its type, so that types
 *       never meet at one key.
 *   <li><b>change</b>: what an operation does to one part.
 *   <li><b>presence</b>: the part that tells an emptied value from one that was never there, or was deleted.
 * </ul>
 *
 * <p>Replicas keep the parts and apply the changes, each once and in causal order; here is but what operations mean and what parts read
 * as, both pure functions. So replicas that have applied the same operations agree, whatever the order, and an operation costs what it
 * changes, whatever the size of the value. The types are those of Shapiro et al., <i>A comprehensive study of Convergent and Commutative
 * Replicated Data Types</i> (2011); see also DDIA, chapter 5, "Automatic Conflict Resolution".
 */
@NullMarked
package io.entente.conflict.merge;

import org.jspecify.annotations.NullMarked;
