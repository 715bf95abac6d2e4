/**
 * Comparing this node's replicas with all other copies: on demand and now and then.
 *
 * <ul>
 *   <li><b>verification</b>: one replica, the <i>verifier</i>, compares its rows with those of all other copies of its partition at the version
 *       vector it has when it begins; what differs is repaired from the majority. See {@code io.entente.core.repair}.
 *   <li><b>row</b>: what is stored under one key: a record, an element or field of a mergeable value, a part of a sum.
 *   <li><b>verdict</b>: what the verifications of all partitions amount to.
 * </ul>
 *
 * Thread-safe; asks replicas, and reads no store.
 */
@NullMarked
package io.entente.cluster.verify;

import org.jspecify.annotations.NullMarked;
