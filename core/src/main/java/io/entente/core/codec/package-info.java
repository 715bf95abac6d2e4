/**
 * The bytes of everything durable and everything sent.
 *
 * <ul>
 *   <li><b>format</b>: the first byte of every value and message; what this version of the code can't read it refuses, by
 *       name and number.
 *   <li><b>encoding of an entry</b>: made once, by its origin; log value and wire record alike.
 *   <li><b>store key</b>: always begins with the partition, so that one store holds all partitions of a node.
 *   <li><b>token</b>: a text that clients carry about and can't look into: a context or a session.
 * </ul>
 *
 * Pure functions over {@code bytes}; only {@link io.entente.core.codec.OriginPool} has state.
 */
@NullMarked
package io.entente.core.codec;

import org.jspecify.annotations.NullMarked;
