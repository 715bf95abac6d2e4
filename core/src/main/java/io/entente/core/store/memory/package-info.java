/**
 * A store without files, for simulation and tests: deterministic, confined to one thread, and able to fail on demand.
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>generation
 *   <dd>the content of one table between two copies of it; commits change it in place while nobody pins it
 *   <dt>pin
 *   <dd>an open scan or snapshot, for which a generation must stay as it is
 *   <dt>fault
 *   <dd>a commit failure on demand, which either loses the batch or keeps it
 * </dl>
 *
 * <p>Touches {@code core.bytes} and {@code core.store} only.
 */
@NullMarked
package io.entente.core.store.memory;

import org.jspecify.annotations.NullMarked;
