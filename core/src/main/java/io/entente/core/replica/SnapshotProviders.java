package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From whom a snapshot can be had, and from whom, after it, what follows it: its source has held just that for this replica. */
final class SnapshotProviders {

    /** So many reroute times after a merge it is asked for what others have truncated; they say so at once. */
    private static final int MERGED_LATELY = 30;

    private final ReplicaSettings settings;
    private final AppliedState applied;
    private final Peers peers;
    private final Neighbourhood neighbourhood;
    private final Sources sources;
    private @Nullable NodeId last;
    private long mergedNanos;

    SnapshotProviders(
            ReplicaSettings settings, AppliedState applied, Peers peers, Neighbourhood neighbourhood, Sources sources) {
        this.settings = settings;
        this.applied = applied;
        this.peers = peers;
        this.neighbourhood = neighbourhood;
        this.sources = sources;
    }

    boolean isLive(NodeId node, Now now) {
        return peers.isLive(node, now);
    }

    /** The replicas that are heard. */
    List<NodeId> live(Now now) {
        return peers.live(now);
    }

    /** The live neighbour after that one, round and round, of those that have something that this replica lacks. */
    Optional<NodeId> next(NodeId after, Now now) {
        List<NodeId> candidates = new ArrayList<>();
        for (NodeId peer : peers.live(now)) {
            if (neighbourhood.mayPullFrom(peer) && !applied.vector().dominates(peers.appliedBy(peer))) {
                candidates.add(peer);
            }
        }
        return candidates.stream()
                .filter(candidate -> candidate.compareTo(after) > 0)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** All of a snapshot has come from there. */
    void gave(NodeId source) {
        last = source;
    }

    /** It is merged. */
    void merged(Now now) {
        mergedNanos = now.monotonicNanos();
    }

    /** Whether that origin is pulled, instead of from {@code from} where its log is truncated, from whom the last snapshot came. */
    boolean turnToLast(Origin origin, NodeId from, Now now) {
        NodeId holder = last;
        long lately = MERGED_LATELY * settings.timing().reroute().toNanos();
        if (holder == null
                || holder.equals(from)
                || now.monotonicNanos() - mergedNanos > lately
                || !peers.isLive(holder, now)
                || peers.appliedBy(holder, origin) <= applied.vector().sequenceOf(origin)) {
            return false;
        }
        sources.prefer(origin, holder);
        return true;
    }
}
