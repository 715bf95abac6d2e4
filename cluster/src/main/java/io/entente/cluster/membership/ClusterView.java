package io.entente.cluster.membership;

import io.entente.cluster.clock.ClockReport;
import io.entente.conflict.version.VersionVector;
import io.entente.core.replica.SnapshotProgress;
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
 * @param mode the replication mode's name
 * @param epoch the epoch of the mode
 * @param dataCenters the data centers and their nodes, by name
 * @param links the links from and to this node's data center
 * @param vectors by partition, this node's version vector
 * @param purgeHeldBackBy the members without whose report deletions can't be purged
 * @param topology how data centers are linked, and since which change
 * @param clocks how the clocks of nodes compare; empty while this node has just begun
 * @param resolvers by what maps are resolved, at this node and where it differs
 * @param joins by partition, how far this node's replicas are with snapshots that they join
 */
public record ClusterView(
        String node,
        String mode,
        long epoch,
        List<DataCenterView> dataCenters,
        List<LinkView> links,
        Map<Integer, VersionVector> vectors,
        Set<String> purgeHeldBackBy,
        AgreedTopology topology,
        Optional<ClockReport> clocks,
        List<ResolverAgreement.View> resolvers,
        SortedMap<Integer, SnapshotProgress> joins) {

    public ClusterView {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(clocks, "clocks");
        dataCenters = List.copyOf(dataCenters);
        links = List.copyOf(links);
        resolvers = List.copyOf(resolvers);
        joins = Collections.unmodifiableSortedMap(new TreeMap<>(joins));
        vectors = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(vectors));
        purgeHeldBackBy = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(purgeHeldBackBy));
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
     * @param leads the partitions it leads in its data center, as it said last; none while it is not live
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
