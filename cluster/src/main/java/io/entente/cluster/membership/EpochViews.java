package io.entente.cluster.membership;

import io.entente.cluster.membership.ClusterView.EpochView;
import io.entente.cluster.membership.ClusterView.FollowerView;
import io.entente.core.message.ReplicationMode;
import io.entente.core.replica.EpochStatus;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.ReplicaStatus.PeerStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The epochs of a node's partitions, by what their replicas say. Immutable. */
final class EpochViews {

    private final SortedMap<Integer, EpochView> views = new TreeMap<>();

    /**
     * @param statuses what its replicas say, by partition
     * @param wallMillis the time, by which lag is told
     */
    EpochViews(SortedMap<Integer, ReplicaStatus> statuses, long wallMillis) {
        statuses.forEach((partition, status) -> views.put(partition, view(status, wallMillis)));
    }

    private static EpochView view(ReplicaStatus status, long wallMillis) {
        EpochStatus epoch = status.epoch();
        List<FollowerView> followers = epoch.leads()
                ? status.peers().stream()
                        .map(peer -> follower(peer, wallMillis))
                        .toList()
                : List.of();
        return new EpochView(epoch, followers);
    }

    private static FollowerView follower(PeerStatus peer, long wallMillis) {
        return new FollowerView(
                peer.node().node(),
                peer.live(),
                peer.entriesItLacks(),
                peer.oldestItLacksMillis().map(oldest -> Math.max(0, wallMillis - oldest)));
    }

    SortedMap<Integer, EpochView> views() {
        return views;
    }

    /** The name of the mode of most partitions; where there are none yet, of the one that clusters begin with. */
    String mode() {
        Map<String, Integer> partitions = new TreeMap<>();
        views.values()
                .forEach(view -> partitions.merge(view.status().epoch().mode().toString(), 1, Integer::sum));
        return partitions.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(ReplicationMode.multiLeader().toString());
    }

    /** The round of the latest epoch. */
    long round() {
        return views.values().stream()
                .mapToLong(view -> view.status().epoch().ballot().round())
                .max()
                .orElse(0);
    }

    boolean isLeaderless() {
        return mode().equals(ReplicationMode.leaderless().toString());
    }
}
