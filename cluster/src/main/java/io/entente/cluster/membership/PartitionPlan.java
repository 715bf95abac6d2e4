package io.entente.cluster.membership;

import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Placement;
import io.entente.cluster.settings.ReplicationSettings;
import io.entente.core.message.NodeId;
import io.entente.core.topology.Copies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which nodes are to hold which partitions, as far as configuration says. Immutable.
 *
 * <p>Where members are named with their data centers, placement is over those: the same on every node, whoever is up. Where they are
 * named without, every node holds everything. Where none are named, placement is over the nodes of the data center that are known by
 * the time; what a node holds it then keeps, for others may count on it. Where sloppy quorums are allowed, so many more nodes of each data
 * center hold a partition to stand in for those that can't be heard; that takes members named with their data centers, or none named.
 */
public final class PartitionPlan {

    private final int partitions;
    private final Placement homes;
    private final Placement placement;
    private final SortedSet<NodeId> placed;
    private final SortedSet<String> members;
    private final List<Set<String>> membersByPartition;
    private final SortedSet<String> voters;

    /** The plan that follows from these settings. */
    public PartitionPlan(ReplicationSettings settings) {
        this.partitions = settings.placement().partitions();
        this.homes = new Placement(settings.placement().replicationFactor());
        this.placement = new Placement(settings.placement().replicationFactor() + settings.standIns());
        this.placed = Collections.unmodifiableSortedSet(settings.placedMembers());
        this.members = Collections.unmodifiableSortedSet(settings.memberNames());
        this.voters = settings.mode().voters();
        this.membersByPartition =
                IntStream.range(0, partitions).mapToObj(this::membersOf).toList();
    }

    /** How many partitions there are. */
    public int partitions() {
        return partitions;
    }

    /** The nodes that are named with their data centers; they hold their part before anybody has heard of them. */
    SortedSet<NodeId> placed() {
        return placed;
    }

    /**
     * What a node is to hold.
     *
     * @param known all nodes known by now
     */
    public Partitions heldBy(NodeId node, Collection<NodeId> known) {
        if (placed.isEmpty() && !members.isEmpty()) {
            return Partitions.all(partitions);
        }
        Set<NodeId> candidates = new TreeSet<>(placed.isEmpty() ? known : placed);
        candidates.add(node);
        SortedSet<Integer> held = new TreeSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (holders(partition, node.dataCenter(), candidates).contains(node)) {
                held.add(partition);
            }
        }
        return new Partitions(held);
    }

    /** The names of the nodes that may originate in a partition; none when members aren't named. */
    public Set<String> members(int partition) {
        return membersByPartition.get(partition);
    }

    /** The names of the nodes that decide on a partition's leader and mode; none when members aren't named. */
    public SortedSet<String> voters(int partition) {
        SortedSet<String> copies = new TreeSet<>(members(partition));
        SortedSet<String> chosen = new TreeSet<>(copies);
        chosen.retainAll(voters);
        return Collections.unmodifiableSortedSet(chosen.isEmpty() ? copies : chosen);
    }

    /**
     * Whether a node may originate in a partition. One that keeps a copy of an earlier plan may not: the others no longer count what it
     * reports, and may have forgotten deletions that it has not seen.
     */
    public boolean mayOriginate(NodeId node, int partition) {
        Set<String> allowed = members(partition);
        return allowed.isEmpty() || allowed.contains(node.node());
    }

    private Set<String> membersOf(int partition) {
        if (placed.isEmpty()) {
            return members;
        }
        Set<String> names = new TreeSet<>();
        placed.stream()
                .map(NodeId::dataCenter)
                .distinct()
                .forEach(dataCenter ->
                        holders(partition, dataCenter, placed).forEach(holder -> names.add(holder.node())));
        return names;
    }

    private List<NodeId> holders(int partition, String dataCenter, Collection<NodeId> candidates) {
        return placement.holders(
                partition,
                candidates.stream()
                        .filter(node -> node.dataCenter().equals(dataCenter))
                        .toList());
    }

    /**
     * The copies of a partition, ranked as they are to lead. Copies that the plan doesn't ask for, kept from an earlier one, come last:
     * they follow. Where nodes stand in, those that rank after the homes do.
     */
    public Copies copies(int partition, Collection<NodeId> holders) {
        Map<String, List<NodeId>> byDataCenter = new TreeMap<>();
        for (NodeId node : Placement.ranked(partition, holders)) {
            byDataCenter
                    .computeIfAbsent(node.dataCenter(), name -> new ArrayList<>())
                    .add(node);
        }
        Comparator<NodeId> extrasLast = Comparator.comparing(node -> !mayOriginate(node, partition));
        byDataCenter.values().forEach(nodes -> nodes.sort(extrasLast));
        Copies copies = new Copies(new TreeMap<>(byDataCenter));
        return homes.equals(placement) ? copies : copies.standingIn(beyondHomes(byDataCenter));
    }

    private Set<NodeId> beyondHomes(Map<String, List<NodeId>> byDataCenter) {
        Set<NodeId> standIns = new TreeSet<>();
        byDataCenter
                .values()
                .forEach(ranked ->
                        ranked.stream().skip(homes.replicationFactor()).forEach(standIns::add));
        return standIns;
    }
}
