/**
 * The resolvers that look into documents, and how resolvers of an application are found by name.
 *
 * <ul>
 *   <li><b>three-way merge</b>: what each sibling changed is told from the <b>ancestor</b>, the version they all descend from. What
 *       only some changed, or all alike, is <b>undisputed</b>.
 *   <li><b>dispute</b>: siblings changed the same thing differently; a rule decides, here or the application's.
 *   <li><b>removal</b>: a field that the ancestor has and a sibling hasn't.
 *   <li><b>composition</b>: a document's fields, each with a resolver of its own.
 *   <li><b>service</b>: an application's resolver that {@link java.util.ServiceLoader} finds, by its
 *       {@linkplain io.entente.conflict.ConflictResolver#name() name}.
 * </ul>
 *
 * <p>Start at {@link io.entente.cluster.resolve.DocumentResolvers}. All of it is deterministic, stateless and thread-safe. May
 * touch: {@code io.entente.conflict}, Jackson's trees, JGit's merge of sequences; no other package of this module, no Akka.
 */
@NullMarked
package io.entente.cluster.resolve;

import org.jspecify.annotations.NullMarked;
