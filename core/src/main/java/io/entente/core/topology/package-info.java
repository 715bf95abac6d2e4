/**
 * Along which edges entries travel between data centers.
 *
 * <ul>
 *   <li><b>edge</b> {@code a->b}: writes flow from {@code a} to {@code b}; a replica in {@code b} may pull from one in {@code a}.
 *   <li><b>distance</b>: the number of edges writes of one data center travel to another.
 * </ul>
 */
@NullMarked
package io.entente.core.topology;

import org.jspecify.annotations.NullMarked;
