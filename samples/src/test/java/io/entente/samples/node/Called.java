package io.entente.samples.node;

import java.util.List;
import java.util.Optional;

/**
 * What a client may conclude from what came of its request.
 *
 * @param outcome what became of it
 * @param values what the key reads as, or all its versions where these were asked for; none where there is none, and where nothing was read
 * @param context the context of the answer, for what replaces it
 * @param session the session of the answer
 */
record Called(Outcome outcome, List<String> values, Optional<String> context, Optional<String> session) {

    Called {
        values = List.copyOf(values);
    }

    /** What became of a request. */
    enum Outcome {
        /** A write is acknowledged, as it was asked for; a read is answered. */
        DONE,
        /** Nothing was written, and nothing will be; nothing was read. */
        REFUSED,
        /** There may be a write, now or later: no answer came, or one that leaves that open, or that says that fewer have it than was asked for. */
        UNKNOWN
    }

    static Called without(Outcome outcome) {
        return new Called(outcome, List.of(), Optional.empty(), Optional.empty());
    }

    boolean isDone() {
        return outcome == Outcome.DONE;
    }

    /** The only value; empty when the key is absent. */
    Optional<String> value() {
        return values.stream().findFirst();
    }
}
