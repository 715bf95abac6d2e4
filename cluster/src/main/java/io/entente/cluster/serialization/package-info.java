/**
 * What crosses the wire between nodes, as Akka sees it.
 *
 * <ul>
 *   <li><b>envelope</b>: a replica's message, already in core's own bytes, with its sender; by a byte serializer.
 *   <li><b>control message</b>: everything else between nodes, by Jackson CBOR; marked {@code CborMessage}.
 * </ul>
 */
@NullMarked
package io.entente.cluster.serialization;

import org.jspecify.annotations.NullMarked;
