package io.entente.cluster.map;

import io.entente.core.mode.ReadConcern;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a read is made: {@code ReadOptions.quorum().inSession(token).timeout(ofMillis(500))}. Immutable.
 *
 * @param concern whose vectors the answering replica must have reached
 * @param session what it must have seen as well, unless the concern is {@link ReadConcern#local()}
 * @param timeout how long it may wait for both, more than 0 to 60 s; 5 s unless set
 * @param copies how many copies of the key's partition the reader counts on; where there are others the read is refused. Empty: whatever the
 *     map says
 */
public record ReadOptions(ReadConcern concern, SessionToken session, Duration timeout, Optional<Integer> copies) {

    private static final ReadOptions LOCAL = of(ReadConcern.local());

    /** Throws {@link IllegalArgumentException} for a timeout out of range. */
    public ReadOptions {
        Objects.requireNonNull(concern, "concern");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(copies, "copies");
        Timeouts.check(timeout);
    }

    /** What the nearest replica holds: the default. */
    public static ReadOptions local() {
        return LOCAL;
    }

    /** From a replica that has seen what this session has. */
    public static ReadOptions session(SessionToken token) {
        return of(ReadConcern.session()).inSession(token);
    }

    /**
     * What the single leader has, once more than half of those who elect leaders have it too: the strongest read there is. Refused where there
     * is no single leader.
     */
    public static ReadOptions leader() {
        return of(ReadConcern.leader());
    }

    /** All that more than half of the partition's copies have; it sees what was acknowledged to a quorum before it began. */
    public static ReadOptions quorum() {
        return of(ReadConcern.quorum());
    }

    /** All that more than half of the copies in the answering data center have. */
    public static ReadOptions localQuorum() {
        return of(ReadConcern.localQuorum());
    }

    /** All that so many copies have, 1 to 1,000, as many as there are at the most. */
    public static ReadOptions replicas(int count) {
        return of(ReadConcern.replicas(count));
    }

    /** What a concern asks for, outside of any session. */
    public static ReadOptions of(ReadConcern concern) {
        return new ReadOptions(concern, SessionToken.empty(), Timeouts.DEFAULT, Optional.empty());
    }

    /** In that session as well: the answering replica must have seen what the session has, unless any replica will do. */
    public ReadOptions inSession(SessionToken token) {
        return new ReadOptions(concern, token, timeout, copies);
    }

    /** Waiting this long at most. */
    public ReadOptions timeout(Duration atMost) {
        return new ReadOptions(concern, session, atMost, copies);
    }

    /** Refused where the key's partition has another number of copies than that: the {@code N} of {@code W + R > N}. */
    public ReadOptions copies(int n) {
        return new ReadOptions(concern, session, timeout, Optional.of(n));
    }
}
