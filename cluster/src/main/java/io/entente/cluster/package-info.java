/**
 * Entente on Akka: the entry point for applications.
 *
 * <p>A <dfn>node</dfn> is one process and one member of the Akka cluster, in one <dfn>data center</dfn>. The packages below
 * hold the actors around the replicas of {@code io.entente.core}, membership, routing, serialization and HTTP.
 *
 * <p>May touch: {@code io.entente.core}, {@code io.entente.conflict}, Akka, Jackson and SLF4J's API.
 */
@NullMarked
package io.entente.cluster;

import org.jspecify.annotations.NullMarked;
