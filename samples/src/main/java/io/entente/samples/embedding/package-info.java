/**
 * Programs that have a node of Entente in them.
 *
 * <ul>
 *   <li><b>plain program</b>: one that starts a node in its {@code main}, and brings along all that may be its own: codec, resolver, store, registry of figures.
 *   <li><b>Akka application</b>: one that has an actor system already, and the node lives in that.
 * </ul>
 *
 * The third one, a service of Spring Boot, is a module of its own, {@code samples/spring}, for its libraries are nobody else's.
 *
 * <p>May touch: {@code cluster}, {@code core}'s stores, the resolvers of {@code samples}, Akka, Micrometer.
 */
@NullMarked
package io.entente.samples.embedding;

import org.jspecify.annotations.NullMarked;
