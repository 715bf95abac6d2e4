package io.entente.cluster.membership;

import io.entente.cluster.clock.ClockReport;
import io.entente.conflict.version.VersionVector;
import io.entente.core.replica.EpochStatus;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.SnapshotProgress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cluster as one node sees it now.
 *
 * @param node the node that looks
 * @param mode the replication mode's name; that of most of this node's partitions while they change
 * @param epoch the round of its partitions' latest epoch; 0 before the first
 * @param dataCenters the data centers and their nodes, by name
 * @param links the links from and to this node's data center
 * @param vectors by partition, this node's version vector
 * @param purgeHeldBackBy the members without whose report deletions can't be purged
 * @param retiring by name, the nodes that are being retired, and the nodes whose answers this waits for; for none where writes that others
 *     have are on their way here
 * @param retired the nodes that are retired and have not come back
 * @param topology how data centers are linked, and since which change
 * @param clocks how the clocks of nodes compare; empty while this node has just begun
 * @param resolvers by what maps are resolved, at this node and where it differs
 * @param joins by partition, how far this node's replicas are with snapshots that they join
 * @param copies what this node's copies lack, and hold for others
 * @param epochs by partition, under which rules it is written to, as this node's replicas know
 */
public record ClusterView(
        String node,
        String mode,
        long epoch,
        List<DataCenterView> dataCenters,
        List<LinkView> links,
        Map<Integer, VersionVector> vectors,
        Set<String> purgeHeldBackBy,
        SortedMap<String, SortedSet<String>> retiring,
        Set<String> retired,
        AgreedTopology topology,
        Optional<ClockReport> clocks,
        List<ResolverAgreement.View> resolvers,
        SortedMap<Integer, SnapshotProgress> joins,
        CopiesView copies,
        SortedMap<Integer, EpochView> epochs) {

    public ClusterView {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(clocks, "clocks");
        Objects.requireNonNull(copies, "copies");
        dataCenters = List.copyOf(dataCenters);
        links = List.copyOf(links);
        resolvers = List.copyOf(resolvers);
        epochs = Collections.unmodifiableSortedMap(new TreeMap<>(epochs));
        joins = Collections.unmodifiableSortedMap(new TreeMap<>(joins));
        retiring = Collections.unmodifiableSortedMap(new TreeMap<>(retiring));
        retired = Collections.unmodifiableSortedSet(new TreeSet<>(retired));
        vectors = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(vectors));
        purgeHeldBackBy = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(purgeHeldBackBy));
    }

    /**
     * What a node's copies lack, and hold for others.
     *
     * @param staleness for how long one of them has known of writes that it lacks: so old may be what a read shows that asks nobody
     * @param heldFor by home that can't be heard, how many entries this node has for it, standing in
     */
    public record CopiesView(Duration staleness, SortedMap<String, Long> heldFor) {

        public CopiesView {
            Objects.requireNonNull(staleness, "staleness");
            heldFor = Collections.unmodifiableSortedMap(new TreeMap<>(heldFor));
        }

        /** Copies that lack nothing, and stand in for nobody. */
        public static CopiesView whole() {
            return new CopiesView(Duration.ZERO, new TreeMap<>());
        }

        /** These, and what another replica says of itself. */
        CopiesView and(ReplicaStatus status) {
            SortedMap<String, Long> all = new TreeMap<>(heldFor);
            status.heldFor().forEach((home, entries) -> all.merge(home.node(), entries, Long::sum));
            return new CopiesView(staleness.compareTo(status.staleness()) >= 0 ? staleness : status.staleness(), all);
        }
    }

    /**
     * A data center.
     *
     * @param name its name
     * @param nodes its nodes, by name
     */
    public record DataCenterView(String name, List<NodeView> nodes) {

        public DataCenterView {
            Objects.requireNonNull(name, "name");
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A node.
     *
     * @param name its name
     * @param role what it does in the mode
     * @param live whether it is heard
     * @param leads the partitions it leads in its data center, as it said last; none while it is not live. Where all copies take writes, that
     *     is who fetches other data centers' writes first
     * @param holds the partitions it holds a copy of
     */
    public record NodeView(String name, Role role, boolean live, SortedSet<Integer> leads, SortedSet<Integer> holds) {

        public NodeView {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(role, "role");
            leads = Collections.unmodifiableSortedSet(new TreeSet<>(leads));
            holds = Collections.unmodifiableSortedSet(new TreeSet<>(holds));
        }
    }

    /**
     * The rules for a partition.
     *
     * @param status what the replica says of its epoch
     * @param followers where this node is the single leader, the others and how far they are behind; else none
     */
    public record EpochView(EpochStatus status, List<FollowerView> followers) {

        public EpochView {
            Objects.requireNonNull(status, "status");
            followers = List.copyOf(followers);
        }
    }

    /**
     * A follower of a single leader, as that one sees it.
     *
     * @param name its name
     * @param live whether it is heard
     * @param lagEntries how many entries it is not known to have yet
     * @param lagMillis how old the oldest of these is, where that is known
     */
    public record FollowerView(String name, boolean live, long lagEntries, Optional<Long> lagMillis) {}

    /** What a node does in a mode. */
    public enum Role {
        /** It leads at least one partition of its data center. */
        LEADER,
        /** It follows other nodes of its data center in all that it holds. */
        FOLLOWER,
        /** It is one of equal copies. */
        REPLICA
    }

    /**
     * A link in one direction.
     *
     * @param from the data center whose writes travel on it
     * @param to the data center they travel to
     * @param state how it is
     * @param lagEntries how many entries {@code to} is not known to have yet
     * @param lagMillis how old the oldest of these is, where that is known
     */
    public record LinkView(String from, String to, LinkState state, long lagEntries, Optional<Long> lagMillis) {}

    /** How a link is. */
    public enum LinkState {
        /** Entries travel. */
        UP,
        /** Cut on purpose, by fault injection. */
        CUT,
        /** Up again, and far behind. */
        CATCHING_UP,
        /** Nothing is heard. */
        DOWN
    }
}
