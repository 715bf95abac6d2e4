package io.entente.core.topology;

import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The nodes that hold a copy of a partition, whether they are up or not: its <i>homes</i>, and where sloppy quorums are allowed
 * <i>stand-ins</i>, which hold one to stand for homes that can't be heard (DeCandia et al., <i>Dynamo</i>, 2007, section 4.6). In each data center they are ranked: the first one that can
 * lead the partition there does, so all nodes that see the same nodes up agree on the leader without asking. Immutable.
 *
 * @param byDataCenter by name of the data center, its nodes by rank, stand-ins among them
 * @param standIns those of them that are no homes
 */
public record Copies(SortedMap<String, List<NodeId>> byDataCenter, SortedSet<NodeId> standIns) {

    /**
     * @throws IllegalArgumentException when a node is listed in another data center than its own, or twice, or a stand-in isn't listed
     */
    public Copies {
        TreeMap<String, List<NodeId>> copy = new TreeMap<>();
        byDataCenter.forEach((name, nodes) -> copy.put(name, List.copyOf(nodes)));
        copy.forEach(Copies::requireTheirOwn);
        byDataCenter = Collections.unmodifiableSortedMap(copy);
        standIns = Collections.unmodifiableSortedSet(new TreeSet<>(standIns));
        if (!nodes(copy).containsAll(standIns)) {
            throw new IllegalArgumentException("the stand-ins " + standIns + " are not all among the copies at "
                    + nodes(copy) + ": a stand-in holds a copy, too");
        }
    }

    /** Copies at homes only. */
    public Copies(SortedMap<String, List<NodeId>> byDataCenter) {
        this(byDataCenter, Collections.emptySortedSet());
    }

    private static void requireTheirOwn(String dataCenter, List<NodeId> nodes) {
        boolean strangers = nodes.stream().anyMatch(node -> !node.dataCenter().equals(dataCenter));
        if (strangers || new TreeSet<>(nodes).size() != nodes.size()) {
            throw new IllegalArgumentException("the copies in data center " + dataCenter + " are said to be at " + nodes
                    + ": name nodes of that data center, each once");
        }
    }

    /** Copies at these nodes, ranked by name. */
    public static Copies of(Collection<NodeId> nodes) {
        TreeMap<String, List<NodeId>> byDataCenter = new TreeMap<>();
        for (NodeId node : new TreeSet<>(nodes)) {
            byDataCenter
                    .computeIfAbsent(node.dataCenter(), name -> new ArrayList<>())
                    .add(node);
        }
        return new Copies(byDataCenter);
    }

    /** The same copies, of which those are stand-ins. */
    public Copies standingIn(Collection<NodeId> nodes) {
        return new Copies(byDataCenter, new TreeSet<>(nodes));
    }

    /** The copies in a data center by rank; none where it has none. */
    public List<NodeId> in(String dataCenter) {
        return byDataCenter.getOrDefault(dataCenter, List.of());
    }

    /** All nodes that hold a copy. */
    public SortedSet<NodeId> nodes() {
        return nodes(byDataCenter);
    }

    private static SortedSet<NodeId> nodes(SortedMap<String, List<NodeId>> byDataCenter) {
        TreeSet<NodeId> all = new TreeSet<>();
        byDataCenter.values().forEach(all::addAll);
        return all;
    }

    /** The nodes whose number is the {@code N} of quorums. */
    public SortedSet<NodeId> homes() {
        SortedSet<NodeId> homes = nodes();
        homes.removeAll(standIns);
        return homes;
    }

    /** The homes in a data center. */
    public SortedSet<NodeId> homesIn(String dataCenter) {
        TreeSet<NodeId> homes = new TreeSet<>(in(dataCenter));
        homes.removeAll(standIns);
        return homes;
    }

    /**
     * Those among some copies that count for a quorum: the homes, and for each home that is silent and not among them one stand-in of its
     * data center. So a stand-in never counts beside the home it stands for, and where all homes can be heard none does.
     *
     * @param some the copies that have a write, or have answered
     * @param isSilent whether a home can't be heard
     */
    public SortedSet<NodeId> counting(Collection<NodeId> some, Predicate<NodeId> isSilent) {
        TreeSet<NodeId> counting = new TreeSet<>(some);
        counting.removeAll(standIns);
        for (String dataCenter : standIns.isEmpty() ? Set.<String>of() : byDataCenter.keySet()) {
            long missing = homesIn(dataCenter).stream()
                    .filter(home -> !counting.contains(home) && isSilent.test(home))
                    .count();
            in(dataCenter).stream()
                    .filter(node -> standIns.contains(node) && some.contains(node))
                    .limit(missing)
                    .forEach(counting::add);
        }
        return counting;
    }

    /** These copies but those at nodes of these names. */
    public Copies without(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        TreeMap<String, List<NodeId>> fewer = new TreeMap<>();
        byDataCenter.forEach((dataCenter, nodes) -> {
            List<NodeId> left =
                    nodes.stream().filter(node -> !names.contains(node.node())).toList();
            if (!left.isEmpty()) {
                fewer.put(dataCenter, left);
            }
        });
        TreeSet<NodeId> fewerStandIns = new TreeSet<>(standIns);
        fewerStandIns.removeIf(node -> names.contains(node.node()));
        return new Copies(fewer, fewerStandIns);
    }

    /** These copies and one at that node; last in rank unless it is here already. */
    public Copies with(NodeId node) {
        if (in(node.dataCenter()).contains(node)) {
            return this;
        }
        TreeMap<String, List<NodeId>> more = new TreeMap<>(byDataCenter);
        List<NodeId> there = new ArrayList<>(in(node.dataCenter()));
        there.add(node);
        more.put(node.dataCenter(), there);
        return new Copies(more, standIns);
    }
}
