/**
 * Who asks over HTTP, and what they may do.
 *
 * <ul>
 *   <li><b>token</b>: 256 random bits that a client shows with every request; whoever has it is its bearer (RFC 6750).
 *   <li><b>hash</b>: what a node keeps of a token, by which it knows it again and from which nobody can make it.
 *   <li><b>grant</b>: a line of the file of tokens: a name, a role, a hash.
 *   <li><b>role</b>: reader, writer or operator; each may what the one before may. Which request needs which is decided in {@code http}.
 *   <li><b>caller</b>: the bearer of a token as the node knows it, by the grant's name.
 * </ul>
 *
 * <p>May touch: the JDK, {@code settings} for what it says of settings that can't be used; no Akka.
 */
@NullMarked
package io.entente.cluster.http.auth;

import org.jspecify.annotations.NullMarked;
