/**
 * The conflict journal: which conflicts a replica has seen, kept durably and within bounds.
 *
 * <ul>
 *   <li><b>conflict</b>: a record with two or more siblings, at least one of them a value. Deletions alone are none: the key is absent
 *       whatever a resolver would say, and nobody's value was passed over.
 *   <li><b>identity</b>: the hash of map, key and sibling dots, and so the same at every replica that saw these siblings.
 *   <li><b>extends</b>: a conflict at a key that was in conflict already names the one it went on from; which one that was depends
 *       on what this replica had on its disk before.
 *   <li><b>position</b>: where a conflict stands in its replica's journal: a number that only rises, and begins with the time.
 *   <li><b>dropped</b>: forgotten because the journal, or its share for one key, is full.
 * </ul>
 *
 * <p>A conflict is written in the batch that makes it visible, so a crash loses none. What a resolver made of it is not kept: that
 * follows from the siblings. Pure: this package may touch {@code bytes}, {@code codec}, {@code record} and {@code store}.
 */
@NullMarked
package io.entente.core.journal;

import org.jspecify.annotations.NullMarked;
