/**
 * The HTTP surface of a node: maps, the cluster as this node sees it, health, and fault injection.
 *
 * <ul>
 *   <li><b>resource</b>: one kind of path, and what each method does there.
 *   <li><b>exchange</b>: a request on its way to its answer, with its target taken apart but not decoded, so that {@code %2F}
 *       stays part of a key.
 *   <li><b>problem</b>: a refusal as RFC 9457 puts it: a status, a {@code code} for programs, a sentence for people.
 *   <li><b>session token</b>, <b>context</b>: what {@code Entente-Session} and {@code Entente-Context} carry, opaque to clients.
 * </ul>
 *
 * <p>May touch: {@code map}, {@code membership} and {@code settings} of this module, {@code io.entente.core}'s
 * values and codecs, Akka HTTP, Jackson and SLF4J's API. It does not know the module's entry point.
 */
@NullMarked
package io.entente.cluster.http;

import org.jspecify.annotations.NullMarked;
