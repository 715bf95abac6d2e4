package io.entente.cluster.replica;

import io.entente.core.event.Now;
import io.entente.core.message.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one replica's actor needs to perform effects. Confined to that actor, but for the parts it shares, which are thread-safe. */
public final class ReplicaShell {

    private final NodeId self;
    private final int partition;
    private final Surroundings surroundings;
    private final Map<NodeId, Link> links = new HashMap<>();

    /**
     * @param self the node
     * @param partition the partition
     * @param surroundings what all replicas of the node share
     */
    public ReplicaShell(NodeId self, int partition, Surroundings surroundings) {
        this.self = self;
        this.partition = partition;
        this.surroundings = surroundings;
    }

    NodeId self() {
        return self;
    }

    GroupCommit commits() {
        return surroundings.commits();
    }

    LinkFaults faults() {
        return surroundings.faults();
    }

    Supplier<Now> clock() {
        return surroundings.clock();
    }

    Duration tick() {
        return surroundings.tick();
    }

    void fenced(Throwable failure) {
        surroundings.onStoreFailure().accept(failure);
    }

    Link linkTo(NodeId peer) {
        return links.computeIfAbsent(
                peer,
                to -> new Link(
                        self, to, partition, surroundings.addresses(), surroundings.faults(), surroundings.delays()));
    }

    /**
     * What all replicas of a node share.
     *
     * @param commits the node's commit thread
     * @param addresses where peers are
     * @param faults the faults on the node's links
     * @param delays the thread on which delayed messages wait
     * @param clock gives the time
     * @param tick how often a replica hears that time passes
     * @param onStoreFailure told when a commit failed
     */
    public record Surroundings(
            GroupCommit commits,
            AddressBook addresses,
            LinkFaults faults,
            ScheduledExecutorService delays,
            Supplier<Now> clock,
            Duration tick,
            Consumer<Throwable> onStoreFailure) {}
}
