/**
 * What a node is told about itself before it starts, read from HOCON and checked as a whole.
 *
 * <ul>
 *   <li><b>setting</b>: one key under {@code entente} with its value; {@code reference.conf} explains each.
 *   <li><b>problem</b>: a setting that can't be used, as one sentence with key, value and remedy. All problems of a
 *       configuration are reported together.
 *   <li><b>address</b>: host and port of a node.
 *   <li><b>seed</b>: the address of a node to join the cluster by.
 * </ul>
 *
 * <p>May touch: {@code io.entente.core}'s values, {@code cluster.resolve} and Typesafe Config. Everything but reading files, system
 * properties and environment variables in {@link io.entente.cluster.settings.EntenteSettings#load()}, and looking for the application's
 * resolvers on the class path, is pure.
 */
@NullMarked
package io.entente.cluster.settings;

import org.jspecify.annotations.NullMarked;
