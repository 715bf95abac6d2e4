package io.entente.core.replica;

import io.entente.core.effect.Reply.Refusal;
import io.entente.core.effect.Reply.Refused;
import io.entente.core.event.Now;
import io.entente.core.message.Ballot;
import java.time.Duration;
import java.util.Optional;

/**
 * How this replica makes way for an epoch that an operator asks for. From the candidate's first question on it takes no new writes, and it answers once those that wait for
 * others are acknowledged under the present epoch: after its promise nobody's report would count for them, and their clients could only be told that the
 * outcome is unknown. So a planned switchover, or a change of mode, leaves no client without an answer.
 *
 * <p>It waits for half a peer timeout and no longer, for some of these writes may wait for who is gone; and it takes writes again a peer timeout after it began to make way,
 * should the candidate not come back.
 */
final class Yielding {

    /** So many peer timeouts later the same candidate is made way for again: not all the time where it never wins. */
    private static final int SELDOM = 4;

    private final int partition;
    private final long patienceNanos;
    private Ballot to = Ballot.zero();
    private long sinceNanos;
    private int waiting;

    Yielding(ReplicaSettings settings) {
        Duration timeout = settings.timing().peerTimeout();
        this.partition = settings.partition();
        this.patienceNanos = timeout.toNanos() / 2;
    }

    /** A write waits for others. */
    void waits() {
        waiting++;
    }

    /** A write that waited is answered. */
    void answered() {
        waiting--;
    }

    /** Makes way for whoever stands with that ballot; whether it may be told so by now. */
    boolean makesWay(Ballot ballot, Now now) {
        boolean again = ballot.equals(to) && elapsed(now) > 2 * SELDOM * patienceNanos;
        if (ballot.isAfter(to) || again) {
            to = ballot;
            sinceNanos = now.monotonicNanos();
        }
        return waiting == 0 || elapsed(now) > patienceNanos;
    }

    /**
     * Why a client's write is refused meanwhile; empty where it isn't.
     *
     * @param promised the latest ballot promised: once that is the candidate's, the epoch is over and says so itself
     */
    Optional<Refused> obstacle(Ballot promised, Now now) {
        boolean yields = to.isAfter(promised) && elapsed(now) <= 2 * patienceNanos;
        return yields
                ? Optional.of(new Refused(
                        Refusal.NO_LEADER,
                        "partition " + partition + " makes way for an epoch that an operator asked for: try again in a"
                                + " moment"))
                : Optional.empty();
    }

    private long elapsed(Now now) {
        return now.monotonicNanos() - sinceNanos;
    }
}
