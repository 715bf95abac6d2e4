/**
 * What operators decide: in which mode the cluster's partitions are written to, who leads them, and who votes on that.
 *
 * <ul>
 *   <li><b>switchover</b>: another node becomes the single leader while the one before is there: nothing is lost, and nothing conflicts.
 *   <li><b>promotion</b>: the same while the one before is away; what only that one had comes back with it, as ordinary versions.
 *   <li><b>mode change</b>: other nodes may originate from then on, in an epoch of its own.
 *   <li><b>change of voters</b>: other nodes decide on all that from then on; each partition takes them in and lets them go one at a time.
 * </ul>
 *
 * <p>Each partition decides for itself, in {@code core}; here they are asked, all at once, at the nodes that hold them.
 */
@NullMarked
package io.entente.cluster.mode;

import org.jspecify.annotations.NullMarked;
