package io.entente.core.replica;

import io.entente.core.event.RequestId;
import java.util.Optional;
import java.util.SortedSet;

/**
 * An operator's request that a candidate stands for.
 *
 * @param request names it in its answer
 * @param deadlineNanos until when it goes on
 * @param voters who are to vote once it is done; empty where those do who did
 */
record Errand(RequestId request, long deadlineNanos, Optional<SortedSet<String>> voters) {}
