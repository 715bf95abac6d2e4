/**
 * Entente for programs that are not members: maps over HTTP, with the JDK's client and Jackson, and no Akka.
 *
 * <ul>
 *   <li><b>site</b>: a data center as a client knows it, the addresses of nodes in it.
 *   <li><b>course</b>: where the next request goes: to the site that the client keeps to, each node of it in turn, and elsewhere only when that fails.
 *   <li><b>delivery</b>: one request on its way to an answer, from node to node.
 *   <li><b>name of a write</b>: by which a node knows a write again that it has answered before, so that what is sent twice takes effect once.
 * </ul>
 *
 * <p>May touch: {@code map}, for what all surfaces share; {@code core}'s concerns and codecs; {@code tls} for files of certificates; no Akka, no actors, no
 * other package of this module.
 */
@NullMarked
package io.entente.cluster.client;

import org.jspecify.annotations.NullMarked;
