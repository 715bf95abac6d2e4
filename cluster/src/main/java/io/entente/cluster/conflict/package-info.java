/**
 * The conflicts that a node has seen, as people and programs look at them: listed, followed live, and resolved in another way on trial.
 *
 * <ul>
 *   <li><b>seen conflict</b>: a journaled conflict together with what its map's resolver makes of it now. That is derived when it is
 *       shown, never stored: it is the same wherever the siblings and the resolver are.
 *   <li><b>open</b>: the key still holds just these siblings; a later write has closed the others.
 *   <li><b>position</b>: how far somebody has read a node's journals, as an opaque text that outlives restarts. One of another node is
 *       refused.
 *   <li><b>follower</b>: who gets every conflict from a position on. It is served from the journal, at its own pace, so that a slow one
 *       costs nothing but what the journal drops meanwhile, which it is told.
 *   <li><b>what-if</b>: what another resolver would make of a conflict. Nothing is written.
 * </ul>
 *
 * <p>May touch: {@code map} and {@code settings} of this module, {@code io.entente.core}'s values, codecs, journal and store,
 * {@code io.entente.conflict}; no Akka.
 */
@NullMarked
package io.entente.cluster.conflict;

import org.jspecify.annotations.NullMarked;
