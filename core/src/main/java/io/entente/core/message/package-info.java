/**
 * What replicas tell each other, and what they log.
 *
 * <ul>
 *   <li><b>entry</b>: one write as it is logged and sent: dot, dependencies, key, payload, hybrid timestamp, replaced dots.
 *   <li><b>subscription</b>: a receiver's request for the entries of some origins, from its own vector on.
 *   <li><b>credit</b>: how many bytes of entries a receiver is willing to take, counted from the start of a subscription.
 *   <li><b>report</b>: what a replica says it has durably applied.
 *   <li><b>life</b>: one uninterrupted life of a member's memory; a member that may have forgotten something begins a new one.
 *   <li><b>round</b>: one question to the copies of a partition for their vectors, on behalf of all reads that wait for them.
 *   <li><b>retirement</b>: the end of a member's term: what it wrote beyond what the remaining members have is never applied.
 *   <li><b>census</b>: which lives of the others a replica has noted, whom it has retired, and whether it is admitted itself.
 *   <li><b>epoch</b>: the rules under which a partition is written to from one election to the next; <b>ballot</b>: its number.
 *   <li><b>promise</b>: a voter's word that it heeds no ballot before that one any more.
 * </ul>
 *
 * Pure values; their bytes are the {@code codec} package's business.
 */
@NullMarked
package io.entente.core.message;

import org.jspecify.annotations.NullMarked;
