package io.entente.cluster.feed;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How far one follower is, and what it gets next. Called by one thread at a time, and not again before the stage it gave has completed.
 *
 * @param <E> the type of events
 */
public interface Reading<E> {

    /**
     * What comes next; a failure ends the follower.
     *
     * @param most how many events at the most, at least one
     */
    CompletionStage<Batch<E>> next(int most);

    /**
     * What a follower gets next.
     *
     * @param events the events
     * @param more whether there is more already
     * @param <E> the type of events
     */
    record Batch<E>(List<E> events, boolean more) {

        public Batch {
            events = List.copyOf(events);
        }
    }
}
