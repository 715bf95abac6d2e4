/**
 * Whole clusters in one thread under one seed, with everything going wrong that can, and a judge over them.
 *
 * <ul>
 *   <li><b>history</b>: one run of a cluster, from its founding to the moment when everybody has everything; named by its seed.
 *   <li><b>scenario</b>: the conditions of a history, drawn from its seed.
 *   <li><b>ledger</b>: every write with its whole causal past, and what a record must be as a function of a set of writes.
 *   <li><b>copy</b>: what the judge knows of one node's disk.
 *   <li><b>law</b>: what no history may break; <b>surgery</b>: a bug put into a node to see that a law catches it.
 * </ul>
 *
 * <p>Assumption: a node that lost durable data stays down until its old messages are gone; everything else may arrive late.
 */
@NullMarked
package io.entente.core.simulation;

import org.jspecify.annotations.NullMarked;
