/**
 * A program that is not a member of the cluster, and keeps its data there over HTTP.
 *
 * <ul>
 *   <li><b>shop</b>: the program; it has customers, and a cart of each.
 * </ul>
 *
 * <p>May touch: {@code cluster}'s client and maps.
 */
@NullMarked
package io.entente.samples.client;

import org.jspecify.annotations.NullMarked;
