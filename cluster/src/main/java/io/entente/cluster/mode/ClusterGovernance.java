package io.entente.cluster.mode;

import akka.Done;
import io.entente.cluster.forwarding.Forwarder;
import io.entente.cluster.membership.HeardCluster;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.routing.Outcome;
import io.entente.cluster.routing.RequestFailedException;
import io.entente.cluster.settings.ModeSettings;
import io.entente.core.message.NodeId;
import io.entente.core.message.ReplicationMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Asks the nodes that hold the partitions, this one among them. Thread-safe; never blocks. */
public final class ClusterGovernance implements Governance {

    private final NodeId self;
    private final HeardCluster cluster;
    private final OwnEpochs own;
    private final Forwarder others;
    private final ModeSettings modes;

    /**
     * @param self this node
     * @param cluster who holds what
     * @param own this node's replicas
     * @param others the other nodes'
     * @param modes what the modes mean where nobody says otherwise
     */
    public ClusterGovernance(NodeId self, HeardCluster cluster, OwnEpochs own, Forwarder others, ModeSettings modes) {
        this.self = self;
        this.cluster = cluster;
        this.own = own;
        this.others = others;
        this.modes = modes;
    }

    @Override
    public ModeSettings modes() {
        return modes;
    }

    @Override
    public CompletionStage<Done> leader(String name, Duration timeout) {
        if (!cluster.hasSingleLeaders()) {
            throw new IllegalStateException(
                    "the mode has no single leader, each data center has its own: change the mode to"
                            + " single-leader first");
        }
        NodeId node = cluster.nodes().stream()
                .filter(known -> known.node().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no node '" + name + "': name one of "
                        + cluster.nodes().stream().map(NodeId::node).toList()));
        Partitions leads = cluster.originatedAt(node);
        if (leads.numbers().isEmpty()) {
            throw new IllegalArgumentException(
                    "node " + name + " holds no partition that it could lead: name another one");
        }
        return begin(node, leads, Optional.empty(), timeout);
    }

    @Override
    public CompletionStage<Done> mode(ReplicationMode mode, Duration timeout) {
        Map<NodeId, Partitions> where = new TreeMap<>();
        for (int partition : cluster.partitions().numbers()) {
            NodeId at = cluster.liveOriginatorsOf(partition).stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no node that holds partition " + partition
                            + " is in reach, so its mode can't be changed: start one first"));
            where.merge(at, Partitions.of(partition), Partitions::with);
        }
        List<CompletableFuture<Done>> asked = new ArrayList<>();
        where.forEach((node, partitions) ->
                asked.add(begin(node, partitions, Optional.of(mode), timeout).toCompletableFuture()));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).handle((all, failure) -> {
            if (failure == null) {
                return Done.getInstance();
            }
            boolean isPartly = asked.stream().anyMatch(one -> !one.isCompletedExceptionally());
            throw failed(failure, isPartly);
        });
    }

    private static RuntimeException failed(Throwable failure, boolean isPartly) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RequestFailedException known) {
            Outcome outcome = isPartly ? Outcome.UNKNOWN : known.outcome();
            return new RequestFailedException(outcome, known.kind(), String.valueOf(known.getMessage()));
        }
        return new IllegalStateException("the epochs could not be asked for", cause);
    }

    private CompletionStage<Done> begin(NodeId at, Partitions of, Optional<ReplicationMode> mode, Duration timeout) {
        return at.equals(self) ? own.begin(of, mode, timeout) : others.begin(at, of, mode, timeout);
    }
}
