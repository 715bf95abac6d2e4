package io.entente.core.replica;

import io.entente.conflict.version.Origin;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a replica says of itself when it is asked.
 *
 * @param applied its version vector
 * @param waitsFor why it doesn't originate writes yet, as a sentence; empty when it does
 * @param joins how far it is with a snapshot that it needs; empty when it needs none
 * @param leader who leads the partition, in an epoch with a leader, else in this data center, as far as this replica can tell; empty
 *     while there is none, or this replica has just started
 * @param peers the other copies of the partition
 * @param purgeHeldBackBy the members without whose report deletions can't be purged
 * @param retiring by name, the members that are being retired, and the members this waits for; for none where it waits for writes that others
 *     have, which are on their way here
 * @param retired the members that are retired, and have not asked to come back
 * @param isRetired whether this replica's own node is retired
 * @param stopped the origins whose streams stand still until a person acts, and why
 * @param staleness for how long the replica has known of writes that it lacks; zero when it has all it knows of
 * @param heldFor the homes that can't be heard and for which this replica stands in: how many entries each is not known to have
 * @param epoch under which rules the partition is written to
 */
public record ReplicaStatus(
        VersionVector applied,
        Optional<String> waitsFor,
        Optional<SnapshotProgress> joins,
        Optional<NodeId> leader,
        List<PeerStatus> peers,
        Set<String> purgeHeldBackBy,
        SortedMap<String, Set<String>> retiring,
        Set<String> retired,
        boolean isRetired,
        Map<Origin, String> stopped,
        Duration staleness,
        Map<NodeId, Long> heldFor,
        EpochStatus epoch) {

    public ReplicaStatus {
        Objects.requireNonNull(applied, "applied");
        Objects.requireNonNull(waitsFor, "waitsFor");
        Objects.requireNonNull(joins, "joins");
        Objects.requireNonNull(leader, "leader");
        Objects.requireNonNull(epoch, "epoch");
        peers = List.copyOf(peers);
        purgeHeldBackBy = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(purgeHeldBackBy));
        Objects.requireNonNull(staleness, "staleness");
        heldFor = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(heldFor));
        retiring = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(retiring));
        retired = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(retired));
        stopped = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(stopped));
    }

    /**
     * Another copy of the partition, seen from this one.
     *
     * @param node its node
     * @param live whether it was heard lately and hears this replica
     * @param applied what it is known to have applied
     * @param entriesItLacks how many entries this replica has that it is not known to have
     * @param oldestItLacksMillis the wall-clock time of the oldest of these; empty when there is none
     */
    public record PeerStatus(
            NodeId node, boolean live, VersionVector applied, long entriesItLacks, Optional<Long> oldestItLacksMillis) {

        public PeerStatus {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(applied, "applied");
            Objects.requireNonNull(oldestItLacksMillis, "oldestItLacksMillis");
        }
    }
}
