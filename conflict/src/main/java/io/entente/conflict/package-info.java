/**
 * Conflicts between concurrent writes, and the strategies that resolve them.
 *
 * <p>Glossary:
 *
 * <ul>
 *   <li>{@link io.entente.conflict.Version}: a value or a deletion with its dot and time; a <i>sibling</i> when its
 *       key has more than one.
 *   <li>{@link io.entente.conflict.Conflict}: the two or more siblings of a key, in canonical order.
 *   <li>{@link io.entente.conflict.ConflictResolver}: the user's strategy, a deterministic function of a conflict.
 *   <li>{@link io.entente.conflict.Resolution}: what a resolver makes of a conflict.
 *   <li>{@link io.entente.conflict.Outcome}: what a reader gets; {@link io.entente.conflict.GuardedResolver} finds
 *       it, whatever the resolver does.
 *   <li>ancestor: the newest version that all siblings descend from; {@link io.entente.conflict.Ancestors} finds it.
 *   <li>canonical order: ascending by dot.
 * </ul>
 *
 * <p>The siblings are the truth and are replicated; what is resolved is derived from them and never replicated. So
 * replicas with equal siblings agree whatever the resolver is: it need not commute, associate or be idempotent. To
 * <i>resolve</i> is to choose a value; to <i>merge</i> is to join histories, which happens elsewhere.
 *
 * <p>Nothing here reads a clock, draws random numbers, starts threads or does input or output.
 */
@NullMarked
package io.entente.conflict;

import org.jspecify.annotations.NullMarked;
