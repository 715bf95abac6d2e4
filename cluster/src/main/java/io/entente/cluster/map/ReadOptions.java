package io.entente.cluster.map;

import java.time.Duration;
import java.util.Objects;

/**
 * How a read is made: {@code ReadOptions.session(token).timeout(ofMillis(500))}. Immutable.
 *
 * @param session what the answering replica must have seen
 * @param timeout how long it may wait for that, more than 0 to 60 s; 5 s unless set
 */
public record ReadOptions(SessionToken session, Duration timeout) {

    private static final ReadOptions LOCAL = new ReadOptions(SessionToken.empty(), Timeouts.DEFAULT);

    /** Throws {@link IllegalArgumentException} for a timeout out of range. */
    public ReadOptions {
        Objects.requireNonNull(session, "session");
        Timeouts.check(timeout);
    }

    /** What the nearest replica holds: the default. */
    public static ReadOptions local() {
        return LOCAL;
    }

    /** From a replica that has seen what this session has. */
    public static ReadOptions session(SessionToken token) {
        return new ReadOptions(token, Timeouts.DEFAULT);
    }

    /** Waiting this long at most. */
    public ReadOptions timeout(Duration atMost) {
        return new ReadOptions(session, atMost);
    }
}
