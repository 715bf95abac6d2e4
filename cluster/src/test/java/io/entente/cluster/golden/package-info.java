/**
 * The bytes of the formats of nodes, committed; those of replicas are in {@code core}.
 *
 * <ul>
 *   <li><b>golden file</b>: bytes as a released or deployed version has written them, and what they stand for.
 * </ul>
 */
@NullMarked
package io.entente.cluster.golden;

import org.jspecify.annotations.NullMarked;
