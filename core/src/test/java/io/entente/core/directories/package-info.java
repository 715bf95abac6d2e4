/**
 * Replicas on real data directories that are killed, damaged, replaced and mixed up, in one thread and on a simulated network.
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>victim
 *   <dd>the node whose directory suffers
 *   <dt>register
 *   <dd>every write there ever was, with its causal past, kept outside of the nodes
 *   <dt>remedy
 *   <dd>what the refusal of a directory tells its operator to do
 * </dl>
 */
@NullMarked
package io.entente.core.directories;

import org.jspecify.annotations.NullMarked;
