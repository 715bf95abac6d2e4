/**
 * Comparing replicas' records, row by row, and saying who is right.
 *
 * <ul>
 *   <li><b>row</b>: what is stored under one key: the versions of a record or of a part, or what an origin has contributed to a sum.
 *   <li><b>canonical form</b>: what of a row is a function of the writes applied; purges, which replicas do in their own time, don't show.
 *   <li><b>view</b>: a replica's store as it was at one moment, with the version vector it had.
 *   <li><b>moved row</b>: one that a write touched which not everybody had in its view: nothing is said about it this time.
 *   <li><b>verifier</b>: the replica that compares its records with those of the others.
 * </ul>
 *
 * Pure; reads a store through its port, and writes nothing.
 */
@NullMarked
package io.entente.core.repair;

import org.jspecify.annotations.NullMarked;
