/**
 * The disk under a node's data: what becomes of the node when it is full, and copies of its data.
 *
 * <p>Glossary:
 *
 * <dl>
 *   <dt>reserve
 *   <dd>the room that a node leaves free; with less than that it takes nothing in
 *   <dt>scarce
 *   <dd>less room than the reserve
 *   <dt>broken off
 *   <dd>a commit that failed because there was no room at all; the store has to be opened anew
 *   <dt>ballast
 *   <dd>a small file that is deleted then, so that this can be done
 *   <dt>backup
 *   <dd>a data directory as it was at one moment, to be started as restored
 * </dl>
 *
 * <p>Touches the node's data directory, and tells its replicas.
 */
@NullMarked
package io.entente.cluster.disk;

import org.jspecify.annotations.NullMarked;
