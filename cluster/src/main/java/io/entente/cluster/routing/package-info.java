/**
 * From a client's request to the replica that answers it.
 *
 * <ul>
 *   <li><b>router</b>: finds the partition of a key and asks its replica.
 *   <li><b>outcome</b>: what a failed request says about its write: not applied, applied, or unknown.
 * </ul>
 */
@NullMarked
package io.entente.cluster.routing;

import org.jspecify.annotations.NullMarked;
