package io.entente.samples.demo.cluster;

import io.entente.cluster.membership.ClusterView;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode.Failover;
import io.entente.core.message.ReplicationMode.SingleLeader;
import io.entente.core.replica.EpochStatus;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By data center, the partitions that some of its live nodes hold and none of them leads, nor a single leader elsewhere. A snapshot.
 *
 * @param leaderless by data center; empty when all are led
 */
record Leaders(SortedMap<String, SortedSet<Integer>> leaderless) {

    Leaders {
        leaderless = Collections.unmodifiableSortedMap(new TreeMap<>(leaderless));
    }

    /** What these nodes say of themselves. */
    static Leaders among(List<DemoNode> nodes) {
        Set<String> live = nodes.stream().map(DemoNode::name).collect(Collectors.toSet());
        SortedMap<String, SortedSet<Integer>> without = new TreeMap<>();
        SortedMap<String, SortedSet<Integer>> led = new TreeMap<>();
        for (DemoNode node : nodes) {
            ClusterView view = node.view();
            view.dataCenters().stream()
                    .flatMap(dataCenter -> dataCenter.nodes().stream())
                    .filter(one -> one.name().equals(node.name()))
                    .forEach(self -> {
                        SortedSet<Integer> lacking = new TreeSet<>(self.holds());
                        lacking.removeAll(settledAs(view, live));
                        without.computeIfAbsent(node.dataCenter(), name -> new TreeSet<>())
                                .addAll(lacking);
                        led.computeIfAbsent(node.dataCenter(), name -> new TreeSet<>())
                                .addAll(self.leads());
                    });
        }
        without.forEach(
                (dataCenter, partitions) -> partitions.removeAll(led.getOrDefault(dataCenter, new TreeSet<>())));
        without.values().removeIf(partitions -> partitions.isEmpty());
        return new Leaders(without);
    }

    /** The partitions that, as a node sees it, have a single leader who is live, or wait for an operator to name one. */
    private static SortedSet<Integer> settledAs(ClusterView view, Set<String> live) {
        SortedSet<Integer> settled = new TreeSet<>();
        view.epochs().forEach((partition, epoch) -> {
            EpochStatus status = epoch.status();
            if (status.epoch().mode() instanceof SingleLeader single) {
                boolean isLed = status.heeded()
                        && status.epoch()
                                .leader()
                                .map(NodeId::node)
                                .filter(live::contains)
                                .isPresent();
                if (isLed || single.failover() == Failover.MANUAL) {
                    settled.add(partition);
                }
            }
        });
        return settled;
    }

    /** The epochs of all partitions as a node sees them, to be compared with what another one sees. */
    static List<String> seenBy(DemoNode node) {
        return node.view().epochs().values().stream()
                .map(epoch -> epoch.status().heeded() + " " + epoch.status().epoch())
                .toList();
    }

    boolean isComplete() {
        return leaderless.isEmpty();
    }

    /** For a sentence. */
    @Override
    public String toString() {
        return leaderless.entrySet().stream()
                .map(entry -> "the partitions " + entry.getValue() + " of data center " + entry.getKey())
                .collect(Collectors.joining(" and "));
    }
}
