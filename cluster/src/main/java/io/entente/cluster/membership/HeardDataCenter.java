package io.entente.cluster.membership;

import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.routing.Placement;
import io.entente.cluster.routing.Whereabouts;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A data center as this node hears it: whoever says that it leads a partition does, or else the live holder that comes first by rank; what
 * is a guess there is mended by the next hello. Thread-safe.
 *
 * @param self this node, wherever it is
 * @param dataCenter the data center
 * @param addresses the other nodes
 * @param plan who may originate in which partition
 * @param nanos the monotonic clock
 */
public record HeardDataCenter(
        NodeId self, String dataCenter, AddressBook addresses, PartitionPlan plan, LongSupplier nanos)
        implements Whereabouts {

    @Override
    public Optional<NodeId> leaderOf(int partition) {
        List<NodeId> holders = liveOf(partition).stream()
                .filter(node -> plan.mayOriginate(node, partition))
                .toList();
        return holders.stream()
                .filter(node -> addresses.ledBy(node).contains(partition))
                .findFirst()
                .or(() -> holders.stream().findFirst());
    }

    /** Another data center, as the same node hears it. */
    public HeardDataCenter in(String other) {
        return new HeardDataCenter(self, other, addresses, plan, nanos);
    }

    /** The other data centers, the next by name first and round. */
    public List<HeardDataCenter> others() {
        SortedSet<String> names = new TreeSet<>();
        addresses.nodes().forEach(node -> names.add(node.dataCenter()));
        names.remove(dataCenter);
        return Stream.concat(names.tailSet(dataCenter).stream(), names.headSet(dataCenter).stream())
                .map(this::in)
                .toList();
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        List<NodeId> live = liveOf(partition);
        List<NodeId> caughtUp = live.stream()
                .filter(node -> !addresses.isBehind(node, partition))
                .toList();
        return caughtUp.isEmpty() ? live : caughtUp;
    }

    private List<NodeId> liveOf(int partition) {
        long now = nanos.getAsLong();
        List<NodeId> live = addresses.holdersOf(partition).stream()
                .filter(node -> node.dataCenter().equals(dataCenter) && addresses.isLive(node, now))
                .toList();
        return Placement.ranked(partition, live);
    }
}
