package io.entente.core.message;

import io.entente.core.bytes.Bytes;

/**
 * An entry with its one encoding: the same bytes are the log's value and the wire's record, so each entry is encoded once in
 * its life, by its origin.
 *
 * @param entry the entry
 * @param encoded its bytes, checksum included
 */
public record EncodedEntry(Entry entry, Bytes encoded) {}
