package io.entente.core.replica;

import io.entente.conflict.version.VersionVector;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import java.time.Duration;

/**
 * For how long this replica has known of writes that it lacks: so old may be what it shows to a read that asks nobody (<i>Designing
 * Data-Intensive Applications</i>, chapter 5, "Monitoring staleness"). Where every copy takes writes there is no leader to compare with, so the
 * measure is the join of what the other copies have reported.
 *
 * <p>It is as exact as reports and ticks are frequent. What nobody has told of yet isn't counted. Confined to one replica.
 */
final class Staleness {

    private final AppliedState applied;
    private final Peers peers;
    private VersionVector toReach = VersionVector.empty();
    private long sinceNanos;

    Staleness(AppliedState applied, Peers peers) {
        this.applied = applied;
        this.peers = peers;
    }

    /** Looks whether what was missing has come, and what is missing now. */
    void review(Now now) {
        if (!applied.vector().dominates(toReach)) {
            return;
        }
        toReach = VersionVector.empty();
        for (NodeId peer : peers.all()) {
            toReach = toReach.join(peers.appliedBy(peer));
        }
        sinceNanos = now.monotonicNanos();
    }

    /** The time since the oldest of what is missing was heard of; zero where nothing is. */
    Duration at(Now now) {
        return applied.vector().dominates(toReach)
                ? Duration.ZERO
                : Duration.ofNanos(now.monotonicNanos() - sinceNanos);
    }
}
