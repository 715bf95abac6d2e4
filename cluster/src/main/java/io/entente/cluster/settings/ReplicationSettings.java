package io.entente.cluster.settings;

import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How partitions are replicated; equal on all nodes of a cluster.
 *
 * @param mode who may originate writes, and who decides on that
 * @param topology along which edges entries travel between data centers
 * @param placement into how many partitions, and how often each is kept
 * @param members all nodes that may originate, in order, none twice: all by their names, or all as {@code data-center/name}, which is
 *     what lets a data center have more nodes than copies; empty when they aren't known beforehand, in which case no deletion is ever
 *     purged
 * @param maxClockDrift how far apart the nodes' clocks may be, 1 ms to 1 h
 * @param leaderless what holds in the mode leaderless
 */
public record ReplicationSettings(
        ModeSettings mode,
        TopologyPlan topology,
        Placement placement,
        List<String> members,
        Duration maxClockDrift,
        LeaderlessSettings leaderless) {

    static final Duration LEAST_DRIFT = Duration.ofMillis(1);
    static final Duration MOST_DRIFT = Duration.ofHours(1);

    /** Throws {@link IllegalArgumentException} for members that are malformed, named twice or in two ways, and a drift out of range. */
    public ReplicationSettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(leaderless, "leaderless");
        List<String> sorted = new ArrayList<>(Rules.members(members));
        sorted.sort(null);
        members = List.copyOf(sorted);
        Rules.between(maxClockDrift, LEAST_DRIFT, MOST_DRIFT);
    }

    /** The members' names, without their data centers. */
    public SortedSet<String> memberNames() {
        SortedSet<String> names = new TreeSet<>();
        members.forEach(member -> names.add(member.substring(member.indexOf('/') + 1)));
        return names;
    }

    /** The members, where they are named with their data centers; else none. */
    public SortedSet<NodeId> placedMembers() {
        SortedSet<NodeId> placed = new TreeSet<>();
        for (String member : members) {
            int slash = member.indexOf('/');
            if (slash >= 0) {
                placed.add(new NodeId(member.substring(0, slash), member.substring(slash + 1)));
            }
        }
        return placed;
    }

    /** The data centers of the members, where they are named with theirs; else none. */
    public SortedSet<String> namedDataCenters() {
        SortedSet<String> dataCenters = new TreeSet<>();
        placedMembers().forEach(member -> dataCenters.add(member.dataCenter()));
        return dataCenters;
    }

    /** Whether any copy of a partition takes writes, at the beginning and where the cluster goes back to that. */
    public boolean isLeaderless() {
        return mode.initial().isLeaderless();
    }

    /** How many nodes of a data center stand in beside the homes of each partition. */
    public int standIns() {
        return isLeaderless() && leaderless.sloppyQuorum() ? leaderless.standIns() : 0;
    }

    /** How many copies each partition has over all data centers, where members are named with theirs; else 0. */
    int placedCopies() {
        return placedMembers().stream()
                .collect(Collectors.groupingBy(NodeId::dataCenter, Collectors.counting()))
                .values()
                .stream()
                .mapToInt(nodes -> (int) Math.min(nodes, placement.replicationFactor()))
                .sum();
    }

    /** In another mode. */
    ReplicationSettings in(ReplicationMode other) {
        ModeSettings begun = new ModeSettings(other, mode.terms(), mode.semiSync(), mode.voters());
        return new ReplicationSettings(begun, topology, placement, members, maxClockDrift, leaderless);
    }

    /** With other settings of the mode leaderless. */
    ReplicationSettings with(LeaderlessSettings changed) {
        return new ReplicationSettings(mode, topology, placement, members, maxClockDrift, changed);
    }

    /** With other members. */
    ReplicationSettings with(List<String> named) {
        return new ReplicationSettings(mode, topology, placement, named, maxClockDrift, leaderless);
    }

    /** With another topology. */
    ReplicationSettings with(TopologyPlan plan) {
        return new ReplicationSettings(mode, plan, placement, members, maxClockDrift, leaderless);
    }

    /** With another placement. */
    ReplicationSettings with(Placement changed) {
        return new ReplicationSettings(mode, topology, changed, members, maxClockDrift, leaderless);
    }

    /** Whether a node is among the members, as far as they say where they are. */
    boolean isMember(NodeId node) {
        return members.contains(node.node()) || placedMembers().contains(node);
    }

    /**
     * Into how many partitions the key space is divided, and how often each is kept.
     *
     * @param partitions 1 to 1,024; fixed when the cluster is founded
     * @param replicationFactor copies of each partition inside a data center, 1 to 16, or as many as there are nodes
     */
    public record Placement(int partitions, int replicationFactor) {

        static final int MOST_PARTITIONS = 1_024;
        static final int MOST_COPIES = 16;

        /** Throws {@link IllegalArgumentException} for a number out of range. */
        public Placement {
            Rules.between("the number of partitions", partitions, 1, MOST_PARTITIONS);
            Rules.between("the replication factor", replicationFactor, 1, MOST_COPIES);
        }
    }
}
