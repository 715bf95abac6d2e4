/**
 * What a key holds.
 *
 * <ul>
 *   <li><b>record</b>: the set of siblings of one key of one map, ordered by dot.
 *   <li><b>sibling</b>: one version of a key: its dot, its hybrid timestamp and its payload.
 *   <li><b>payload</b>: a value as opaque bytes, or a deletion (a <b>tombstone</b> once it is stored).
 * </ul>
 *
 * Pure values: this package may touch the {@code bytes} package and module {@code conflict}, nothing else.
 */
@NullMarked
package io.entente.core.record;

import org.jspecify.annotations.NullMarked;
