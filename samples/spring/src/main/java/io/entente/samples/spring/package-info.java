/**
 * A service of Spring Boot with a node in it: carts over HTTP, in as many data centers as it runs in.
 *
 * <ul>
 *   <li><b>cart service</b>: the program; each of its instances is a node.
 * </ul>
 *
 * <p>May touch: {@code cluster}'s maps and entry point, Spring.
 */
@NullMarked
package io.entente.samples.spring;

import org.jspecify.annotations.NullMarked;
