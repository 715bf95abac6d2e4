/**
 * What speaks against a node, or is to be looked at, as operators and their alarms meet it.
 *
 * <ul>
 *   <li><b>reason</b>: a kind of thing that speaks against a node; it has a code that doesn't change, for alarms and for the operator's guide.
 *   <li><b>note</b>: one such thing now, with a sentence that says what it is, with which values, and what to do.
 *   <li><b>weight</b>: what follows from a reason: the node is not live, or not ready, or it serves and somebody should look.
 * </ul>
 *
 * <p>May touch: the JDK.
 */
@NullMarked
package io.entente.cluster.health;

import org.jspecify.annotations.NullMarked;
