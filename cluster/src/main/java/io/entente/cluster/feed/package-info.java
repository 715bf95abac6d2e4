/**
 * What can be followed at a node, and how its followers are served.
 *
 * <ul>
 *   <li><b>follower</b>: a subscriber that is served at its own pace; it holds a position and a batch, never a queue.
 *   <li><b>change</b>: a commit has readers of a key find something else than before.
 *   <li><b>change log</b>: the last changes of a node, in memory and bounded: keys, not values.
 *   <li><b>position</b>: a place in the change log of one run of a node; in another run it means nothing.
 * </ul>
 *
 * Knows of no map and no HTTP; values are read by whoever follows.
 */
@NullMarked
package io.entente.cluster.feed;

import org.jspecify.annotations.NullMarked;
