/**
 * Which nodes there are, how they are reached, and what they look like from here.
 *
 * <ul>
 *   <li><b>hello</b>: how two nodes make sure that they belong to one cluster.
 *   <li><b>cluster view</b>: the nodes, links and vectors as one node sees them.
 *   <li><b>founding</b>: a new cluster gets its identity from its first node.
 * </ul>
 */
@NullMarked
package io.entente.cluster.membership;

import org.jspecify.annotations.NullMarked;
