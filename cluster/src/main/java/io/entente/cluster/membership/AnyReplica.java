package io.entente.cluster.membership;

import io.entente.cluster.routing.Whereabouts;
import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A data center whose partitions may be without leaders, as the cluster's mode has it now. Without one, writes go to this node's own copy where it has one that may take them, else to another one, the same as long as the
 * same are there, so that an update writes where it has read. Thread-safe.
 */
public final class AnyReplica implements Whereabouts {

    private final Whereabouts led;
    private final IntPredicate takesWritesHere;
    private final PartitionPlan plan;
    private final IntPredicate isLeaderless;

    /**
     * @param led the data center with its leaders, who are as good as any
     * @param takesWritesHere whether this node has a copy of a partition that takes writes
     * @param plan who may originate in which partition
     * @param isLeaderless whether a partition has no leader now: else its leader takes its writes
     */
    public AnyReplica(Whereabouts led, IntPredicate takesWritesHere, PartitionPlan plan, IntPredicate isLeaderless) {
        this.led = led;
        this.takesWritesHere = takesWritesHere;
        this.plan = plan;
        this.isLeaderless = isLeaderless;
    }

    @Override
    public NodeId self() {
        return led.self();
    }

    @Override
    public Optional<NodeId> leaderOf(int partition) {
        if (!isLeaderless.test(partition)) {
            return led.leaderOf(partition);
        }
        if (takesWritesHere.test(partition)) {
            return Optional.of(self());
        }
        List<NodeId> others = led.liveHoldersOf(partition).stream()
                .filter(node -> plan.mayOriginate(node, partition))
                .toList();
        return others.isEmpty()
                ? led.leaderOf(partition)
                : Optional.of(others.get(Math.floorMod(self().node().hashCode() + partition, others.size())));
    }

    /** Where this node's writes go meanwhile; else wherever it is ahead. */
    @Override
    public Optional<NodeId> aheadOf(int partition) {
        Optional<NodeId> ahead = led.aheadOf(partition);
        return ahead.isEmpty() || !isLeaderless.test(partition)
                ? ahead
                : leaderOf(partition).filter(node -> !node.equals(self())).or(() -> ahead);
    }

    @Override
    public boolean hasSingleLeader(int partition) {
        return led.hasSingleLeader(partition);
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        return led.liveHoldersOf(partition);
    }
}
