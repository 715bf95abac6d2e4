/**
 * Who wrote what, and who has seen it: the identities and vectors that causality is made of.
 *
 * <p>Glossary:
 *
 * <ul>
 *   <li>{@link io.entente.conflict.version.Origin}: one incarnation (process start) of a node as a source of
 *       writes.
 *   <li>{@link io.entente.conflict.version.Dot}: the identity of one write, {@code (origin, sequence)}.
 *   <li>{@link io.entente.conflict.version.VersionVector}: per origin the highest sequence applied; it describes
 *       the whole, causally closed set of writes a replica has applied.
 *   <li>{@link io.entente.conflict.version.Causality}: how two such sets relate.
 *   <li>{@link io.entente.conflict.version.CausalContext}: the dots a client has seen for one key.
 *   <li>{@link io.entente.conflict.version.Lineage}: which versions of a key replaced which; a version <i>descends</i>
 *       from those it replaced, and from those they descend from.
 * </ul>
 *
 * <p>Everything here is an immutable value; nothing reads a clock, draws a random number or does input or output.
 */
@NullMarked
package io.entente.conflict.version;

import org.jspecify.annotations.NullMarked;
