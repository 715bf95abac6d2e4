package io.entente.samples.demo.cluster;

import io.entente.cluster.membership.ClusterView;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By data center, the partitions that some of its live nodes hold and none of them leads. A snapshot.
 *
 * @param leaderless by data center; empty when all are led
 */
record Leaders(SortedMap<String, SortedSet<Integer>> leaderless) {

    Leaders {
        leaderless = Collections.unmodifiableSortedMap(new TreeMap<>(leaderless));
    }

    /** What these nodes say of themselves. */
    static Leaders among(List<DemoNode> nodes) {
        SortedMap<String, SortedSet<Integer>> without = new TreeMap<>();
        SortedMap<String, SortedSet<Integer>> led = new TreeMap<>();
        for (DemoNode node : nodes) {
            ClusterView view = node.view();
            view.dataCenters().stream()
                    .flatMap(dataCenter -> dataCenter.nodes().stream())
                    .filter(one -> one.name().equals(node.name()))
                    .forEach(self -> {
                        without.computeIfAbsent(node.dataCenter(), name -> new TreeSet<>())
                                .addAll(self.holds());
                        led.computeIfAbsent(node.dataCenter(), name -> new TreeSet<>())
                                .addAll(self.leads());
                    });
        }
        without.forEach(
                (dataCenter, partitions) -> partitions.removeAll(led.getOrDefault(dataCenter, new TreeSet<>())));
        without.values().removeIf(partitions -> partitions.isEmpty());
        return new Leaders(without);
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
