/**
 * What a key holds.
 *
 * <ul>
 *   <li><b>record</b>: the set of siblings of one key of one map, ordered by dot.
 *   <li><b>sibling</b>: one version of a key: its dot, its hybrid timestamp and its payload.
 *   <li><b>ancestry</b>: versions that were superseded and are kept for three-way merges, and which replaced which.
 *   <li><b>payload</b>: a value as opaque bytes, or a deletion (a <b>tombstone</b> once it is stored).
 *   <li><b>part</b>: a row of a mergeable value, with versions of its own or, where it is a sum, a <b>tally</b> per origin.
 *   <li><b>operation</b>: what a write does to a part; a write may have several, on different parts of one key.
 * </ul>
 *
 * Pure values: this package may touch the {@code bytes} package and module {@code conflict}, nothing else.
 */
@NullMarked
package io.entente.core.record;

import org.jspecify.annotations.NullMarked;
