/**
 * What enters a replica: requests of clients, messages of peers, time. Named in the past tense, for when the replica hears of
 * them they have happened.
 */
@NullMarked
package io.entente.core.event;

import org.jspecify.annotations.NullMarked;
