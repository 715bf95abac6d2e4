package io.entente.core.replica;

import io.entente.core.event.Now;
import io.entente.core.replica.Start.Standing;

/**
 * Whether nobody is left whom this replica could catch up with, where members aren't named. That it knows of nobody doesn't say so: it may have
 * forgotten them.
 */
final class Solitude {

    private final ReplicaSettings settings;
    private final Registry registry;
    private final Peers peers;
    private final Standing standing;
    private final long beganAtNanos;

    Solitude(ReplicaSettings settings, Registry registry, Peers peers, Standing standing, Now began) {
        this.settings = settings;
        this.registry = registry;
        this.peers = peers;
        this.standing = standing;
        this.beganAtNanos = began.monotonicNanos();
    }

    boolean isKnown(Now now) {
        return settings.members().isEmpty() && (registry.noted().isEmpty() ? isStillAlone(now) : areAllGone());
    }

    /** Whether this replica is not new, and all that it ever heard of are retired. */
    private boolean areAllGone() {
        return standing != Standing.NEW && registry.noted().keySet().stream().allMatch(registry::isGone);
    }

    /** Whether this node, which never met another one, meets none now either. Its store may be an old one, of a time before it did. */
    private boolean isStillAlone(Now now) {
        return standing == Standing.ALONE
                && peers.all().isEmpty()
                && now.monotonicNanos() - beganAtNanos
                        > settings.timing().peerTimeout().toNanos();
    }
}
