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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            NodeId at =
                    cluster.liveOriginatorsOf(partition).stream().findFirst().orElseThrow(() -> outOfReach(partition));
            where.merge(at, Partitions.of(partition), Partitions::with);
        }
        List<CompletableFuture<Done>> asked = new ArrayList<>();
        where.forEach((node, partitions) ->
                asked.add(begin(node, partitions, Optional.of(mode), timeout).toCompletableFuture()));
        return all(asked);
    }

    @Override
    public CompletionStage<Done> voters(Set<String> names, Duration timeout) {
        cluster.requireMembers(names);
        Map<NodeId, Map<Set<String>, Partitions>> where = new TreeMap<>();
        for (int partition : cluster.partitions().numbers()) {
            NodeId at = cluster.liveDeciderOf(partition).orElseThrow(() -> outOfReach(partition));
            where.computeIfAbsent(at, node -> new HashMap<>())
                    .merge(cluster.votersOf(partition, names), Partitions.of(partition), Partitions::with);
        }
        List<CompletableFuture<Done>> asked = new ArrayList<>();
        where.forEach((node, voting) -> voting.forEach((voters, partitions) ->
                asked.add(vote(node, partitions, voters, timeout).toCompletableFuture())));
        return all(asked);
    }

    private static IllegalStateException outOfReach(int partition) {
        return new IllegalStateException("no node that holds partition " + partition
                + " is in reach, so nothing can be changed about it: start one first");
    }

    private static CompletionStage<Done> all(List<CompletableFuture<Done>> asked) {
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

    private CompletionStage<Done> vote(NodeId at, Partitions of, Set<String> voters, Duration timeout) {
        return at.equals(self) ? own.vote(of, voters, timeout) : others.vote(at, of, voters, timeout);
    }

    private CompletionStage<Done> begin(NodeId at, Partitions of, Optional<ReplicationMode> mode, Duration timeout) {
        return at.equals(self) ? own.begin(of, mode, timeout) : others.begin(at, of, mode, timeout);
    }
}
