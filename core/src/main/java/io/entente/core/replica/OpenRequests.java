package io.entente.core.replica;

import io.entente.core.event.Now;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Requests that wait for something to arrive: for a context or a session to be covered, or for evidence that others hold a write. A
 * bounded list, looked through when what they wait for may have changed.
 */
final class OpenRequests {

    private final int limit;
    private final List<Open> open = new ArrayList<>();

    OpenRequests(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return open.size() >= limit;
    }

    void add(long deadlineNanos, Waiting request) {
        open.add(new Open(deadlineNanos, request));
    }

    /** Settles every request that can be settled, and gives up those whose time is over. */
    void review(Now now) {
        for (Iterator<Open> all = open.iterator(); all.hasNext(); ) {
            Open waiting = all.next();
            if (waiting.request.settle()) {
                all.remove();
            } else if (now.isPast(waiting.deadlineNanos)) {
                waiting.request.giveUp();
                all.remove();
            }
        }
    }

    /** A request that waits. */
    interface Waiting {

        /** Answers the request, or passes it on, if what it waits for is there, or can't come any more; whether it did. */
        boolean settle();

        /** Answers that it was not there in time. */
        void giveUp();
    }

    private record Open(long deadlineNanos, Waiting request) {}
}
