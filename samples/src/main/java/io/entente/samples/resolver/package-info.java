/**
 * Four resolvers from real life, each with its value, a script in {@code samples/scripts} that shows a conflict arise and settle, and a
 * test by {@link io.entente.conflict.verify.ResolverVerifier}.
 *
 * <ul>
 *   <li><b>cart</b>: {@link io.entente.samples.resolver.CartMerge}, what was put in is there, what was taken out stays away.
 *   <li><b>seat</b>: {@link io.entente.samples.resolver.SeatBooking}, who booked first has the seat, and the others wait.
 *   <li><b>note</b>: {@link io.entente.samples.resolver.NoteMerge}, a text that several people write.
 *   <li><b>profile</b>: {@link io.entente.samples.resolver.ProfileMerge}, a resolver for each field.
 *   <li>a resolver <b>of JSON</b>: the same for configuration, which knows no Java types.
 * </ul>
 *
 * <p>May touch: {@code io.entente.conflict}, the maps and resolvers of {@code io.entente.cluster}, Jackson's trees.
 */
@NullMarked
package io.entente.samples.resolver;

import org.jspecify.annotations.NullMarked;
