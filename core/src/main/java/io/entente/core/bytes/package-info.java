/**
 * Immutable bytes, and the one vocabulary in which every stored and sent format is written and read.
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>varint
 *   <dd>an unsigned 64-bit number in LEB128: seven bits a byte, the lowest first, in as few bytes as possible
 *   <dt>length-prefixed
 *   <dd>a varint that counts the bytes which follow it
 *   <dt>CRC32C
 *   <dd>the Castagnoli checksum of RFC 3720, as {@link java.util.zip.CRC32C} computes it
 *   <dt>malformed
 *   <dd>not written by {@link io.entente.core.bytes.ByteWriter} in the form that the reader asks for, be it by another
 *       version, by a broken disk or by someone else
 * </dl>
 *
 * <p>Numbers of fixed width are big-endian, so that their unsigned order is the order of their bytes. The package
 * touches nothing but {@code java.base}.
 */
@NullMarked
package io.entente.core.bytes;

import org.jspecify.annotations.NullMarked;
