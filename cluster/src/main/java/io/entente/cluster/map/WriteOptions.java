package io.entente.cluster.map;

import io.entente.conflict.version.CausalContext;
import io.entente.core.event.WriteCondition;
import io.entente.core.mode.WriteConcern;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a write is made: {@code WriteOptions.dataCenters(2).timeout(ofSeconds(2)).ifCurrent(context)}. Immutable.
 *
 * @param concern whose evidence to wait for
 * @param condition what the write replaces, and when it is refused
 * @param timeout for all waiting, more than 0 to 60 s; 5 s unless set
 * @param session what the accepting replica must have seen before it writes, so that the write comes after it everywhere
 * @param copies how many copies of the key's partition the writer counts on; where there are others the write is refused. Empty: whatever
 *     the map says
 */
public record WriteOptions(
        WriteConcern concern,
        WriteCondition condition,
        Duration timeout,
        SessionToken session,
        Optional<Integer> copies) {

    private static final WriteOptions ASYNC = of(WriteConcern.async());

    /** Throws {@link IllegalArgumentException} for a timeout out of range. */
    public WriteOptions {
        Objects.requireNonNull(concern, "concern");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(copies, "copies");
        Timeouts.check(timeout);
    }

    /** Answered once the write is durable at the accepting replica: the default. */
    public static WriteOptions async() {
        return ASYNC;
    }

    /** Answered once so many replicas hold the write, the accepting one among them; 1 to 1,000. */
    public static WriteOptions replicas(int count) {
        return of(WriteConcern.replicas(count));
    }

    /** Answered once replicas in so many data centers hold the write, the accepting one's among them; 1 to 1,000. */
    public static WriteOptions dataCenters(int count) {
        return of(WriteConcern.dataCenters(count));
    }

    /**
     * Answered once more than half of the partition's copies in the accepting data center hold the write, whether the others are up or
     * not: it is then still there, and read, when that data center loses less than half of its nodes.
     */
    public static WriteOptions localQuorum() {
        return of(WriteConcern.localQuorum());
    }

    /** Answered once more than half of all copies of the partition hold the write, whether the others are up or not. */
    public static WriteOptions quorum() {
        return of(WriteConcern.quorum());
    }

    /** Answered once all copies of the partition hold the write, whether they are up or not. */
    public static WriteOptions all() {
        return of(WriteConcern.all());
    }

    /** Answered once that concern is met. */
    public static WriteOptions of(WriteConcern concern) {
        return new WriteOptions(
                concern, WriteCondition.none(), Timeouts.DEFAULT, SessionToken.empty(), Optional.empty());
    }

    /**
     * In that session: after all that the session has written and read, wherever both are seen (monotonic writes, and writes follow
     * reads).
     */
    public WriteOptions inSession(SessionToken token) {
        return new WriteOptions(concern, condition, timeout, token, copies);
    }

    /** Waiting this long at most, for a context to arrive and for the write concern together. */
    public WriteOptions timeout(Duration atMost) {
        return new WriteOptions(concern, condition, atMost, session, copies);
    }

    /** Refused where the key's partition has another number of copies than that: the {@code N} of {@code W + R > N}. */
    public WriteOptions copies(int n) {
        return new WriteOptions(concern, condition, timeout, session, Optional.of(n));
    }

    /** Refused unless the key still is what was read with this context; judged at the accepting replica. */
    public WriteOptions ifCurrent(CausalContext context) {
        return with(WriteCondition.ifCurrent(context));
    }

    /** Refused unless the key is absent; judged at the accepting replica. */
    public WriteOptions ifAbsent() {
        return with(WriteCondition.ifAbsent());
    }

    /** Replacing what was read with this context and nothing else: what was written meanwhile becomes a sibling. */
    public WriteOptions seen(CausalContext context) {
        return with(WriteCondition.seen(context));
    }

    private WriteOptions with(WriteCondition other) {
        if (!isUnconditional()) {
            throw new IllegalArgumentException("a write has one condition: choose ifCurrent, ifAbsent or seen");
        }
        return new WriteOptions(concern, other, timeout, session, copies);
    }

    boolean isUnconditional() {
        return condition instanceof WriteCondition.Unconditional;
    }
}
