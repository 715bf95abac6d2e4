package io.entente.cluster.routing;

import io.entente.core.message.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * This node's data center as long as somebody in it holds a partition and is heard; else another one, the same for all partitions and requests as
 * long as it is there. So requests stick to a data center until it fails, and come back when it is back. Thread-safe.
 */
public final class NearestDataCenter implements Whereabouts {

    private final Whereabouts near;
    private final Supplier<? extends List<? extends Whereabouts>> others;
    private final IntPredicate staysHere;

    /**
     * @param near this node's data center
     * @param others the other ones, in the order in which they are asked: the nearest first
     * @param staysHere whether a partition is this node's to answer for: it holds it, or knows of none yet and has to say so
     */
    public NearestDataCenter(
            Whereabouts near, Supplier<? extends List<? extends Whereabouts>> others, IntPredicate staysHere) {
        this.near = near;
        this.others = others;
        this.staysHere = staysHere;
    }

    @Override
    public NodeId self() {
        return near.self();
    }

    @Override
    public Optional<NodeId> leaderOf(int partition) {
        Optional<NodeId> leader = near.leaderOf(partition);
        if (leader.isPresent() || staysHere.test(partition) || hasSingleLeader(partition)) {
            return leader;
        }
        for (Whereabouts there : others.get()) {
            Optional<NodeId> far = there.leaderOf(partition);
            if (far.isPresent()) {
                return far;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<NodeId> liveHoldersOf(int partition) {
        List<NodeId> holders = near.liveHoldersOf(partition);
        if (!holders.isEmpty() || staysHere.test(partition)) {
            return holders;
        }
        for (Whereabouts there : others.get()) {
            List<NodeId> far = there.liveHoldersOf(partition);
            if (!far.isEmpty()) {
                return far;
            }
        }
        return List.of();
    }

    @Override
    public boolean hasSingleLeader(int partition) {
        return near.hasSingleLeader(partition);
    }

    /** What this node holds stays its data center's to answer for. */
    @Override
    public Optional<NodeId> aheadOf(int partition) {
        return near.aheadOf(partition);
    }
}
