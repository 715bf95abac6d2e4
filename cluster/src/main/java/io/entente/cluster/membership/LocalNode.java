package io.entente.cluster.membership;

import io.entente.cluster.health.HealthReason;
import io.entente.cluster.membership.ClusterView.CopiesView;
import io.entente.cluster.membership.ClusterView.DataCenterView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.membership.ClusterView.Role;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.Partitions;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.replica.SnapshotProgress;
import io.entente.core.topology.PlanCheck;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A node as its own surfaces see it. Thread-safe. */
public final class LocalNode implements NodePort {

    /** How long a replica may take to say how it is: a slow commit may be under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final NodeId self;
    private final NodeState state;
    private final NodeHealth health;
    private final AddressBook addresses;
    private final Links links;
    private final LongSupplier wallMillis;

    /**
     * @param self the node
     * @param state its state
     * @param addresses its peers
     * @param links the links between data centers
     * @param wallMillis the wall clock
     */
    public LocalNode(NodeId self, NodeState state, AddressBook addresses, Links links, LongSupplier wallMillis) {
        this.self = self;
        this.state = state;
        this.health = new NodeHealth(state);
        this.addresses = addresses;
        this.links = links;
        this.wallMillis = wallMillis;
    }

    /** A replica that can't answer is left out. */
    @Override
    public CompletionStage<ClusterView> view() {
        SortedMap<Integer, CompletableFuture<Optional<ReplicaStatus>>> asked = new TreeMap<>();
        state.replicas().forEach((partition, replica) -> {
            CompletableFuture<ReplicaStatus> answer = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(answer));
            answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            asked.put(partition, answer.handle((status, failure) -> Optional.ofNullable(status)));
        });
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    SortedMap<Integer, ReplicaStatus> statuses = new TreeMap<>();
                    asked.forEach(
                            (partition, answer) -> answer.join().ifPresent(status -> statuses.put(partition, status)));
                    return viewOf(statuses);
                });
    }

    @Override
    public void link(String from, String to, boolean cut) {
        if (!links.faultInjection()) {
            throw new IllegalStateException("fault injection is off: set entente.fault-injection = on to cut links");
        }
        Set<String> known = dataCenters().keySet();
        for (String name : List.of(from, to)) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no data center '" + name + "': name one of " + known);
            }
        }
        if (from.equals(to) || !(from.equals(self.dataCenter()) || to.equals(self.dataCenter()))) {
            throw new IllegalArgumentException("the link from '" + from + "' to '" + to
                    + "' does not end at data center '" + self.dataCenter() + "': ask a node of one of the two");
        }
        links.faults().set(from, to, cut);
    }

    @Override
    public boolean faultInjection() {
        return links.faultInjection();
    }

    @Override
    public CompletionStage<AgreedTopology> topology(TopologyPlan plan) {
        if (state.cluster().isEmpty()) {
            throw new IllegalStateException(
                    "the node does not know its cluster yet: change the topology when it is ready");
        }
        PlanCheck.objection(plan, dataCenters().keySet()).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        return links.topology().change(plan);
    }

    @Override
    public List<String> obstacles() {
        return NodeHealth.sentences(health.obstacles());
    }

    @Override
    public List<String> remarks() {
        return NodeHealth.sentences(health.remarks());
    }

    @Override
    public List<String> failures() {
        return NodeHealth.sentences(health.failures());
    }

    @Override
    public SortedSet<HealthReason> reasons() {
        return health.reasons();
    }

    private ClusterView viewOf(SortedMap<Integer, ReplicaStatus> statuses) {
        Map<Integer, VersionVector> vectors = new TreeMap<>();
        Set<String> holdingBack = new TreeSet<>();
        SortedMap<Integer, SnapshotProgress> joins = new TreeMap<>();
        Map<NodeId, Boolean> live = new TreeMap<>();
        CopiesView copies = CopiesView.whole();
        for (ReplicaStatus status : statuses.values()) {
            copies = copies.and(status);
        }
        TreeMap<String, SortedSet<String>> retiring = new TreeMap<>();
        Set<String> retired = new TreeSet<>();
        DataCenterLinks dataCenterLinks = new DataCenterLinks(self.dataCenter(), wallMillis.getAsLong());
        statuses.forEach((partition, status) -> {
            vectors.put(partition, status.applied());
            holdingBack.addAll(status.purgeHeldBackBy());
            status.joins().ifPresent(progress -> joins.put(partition, progress));
            status.retiring()
                    .forEach((node, waitsFor) -> retiring.computeIfAbsent(node, name -> new TreeSet<>())
                            .addAll(waitsFor));
            retired.addAll(status.retired());
            dataCenterLinks.add(status);
            status.peers().forEach(peer -> live.merge(peer.node(), peer.live(), Boolean::logicalAnd));
        });
        retired.removeAll(retiring.keySet());
        EpochViews epochs = new EpochViews(statuses, wallMillis.getAsLong());
        return new ClusterView(
                self.node(),
                epochs.mode(),
                epochs.round(),
                dataCenterViews(live, epochs),
                dataCenterLinks.views(links.faults()),
                vectors,
                holdingBack,
                retiring,
                retired,
                links.topology().get(),
                state.clock(),
                state.resolvers().views(),
                joins,
                copies,
                epochs.views());
    }

    private List<DataCenterView> dataCenterViews(Map<NodeId, Boolean> heard, EpochViews epochs) {
        List<DataCenterView> views = new ArrayList<>();
        dataCenters()
                .forEach((name, nodes) -> views.add(new DataCenterView(
                        name,
                        nodes.stream()
                                .map(node -> nodeView(node, heard, epochs))
                                .toList())));
        return views;
    }

    private NodeView nodeView(NodeId node, Map<NodeId, Boolean> heard, EpochViews epochs) {
        boolean live = isLive(node, heard);
        boolean here = node.equals(self);
        Partitions leads = here ? state.ledBy(self) : live ? addresses.ledBy(node) : Partitions.none();
        Set<Integer> holds =
                here ? state.replicas().keySet() : addresses.heldBy(node).numbers();
        Role role = epochs.isLeaderless() ? Role.REPLICA : leads.numbers().isEmpty() ? Role.FOLLOWER : Role.LEADER;
        return new NodeView(node.node(), role, live, leads.numbers(), new TreeSet<>(holds));
    }

    private boolean isLive(NodeId node, Map<NodeId, Boolean> heard) {
        return node.equals(self) || heard.getOrDefault(node, addresses.isLive(node, System.nanoTime()));
    }

    private Map<String, Set<NodeId>> dataCenters() {
        Map<String, Set<NodeId>> byName = new TreeMap<>();
        Set<NodeId> all = addresses.nodes();
        all.add(self);
        for (NodeId node : all) {
            byName.computeIfAbsent(node.dataCenter(), name -> new TreeSet<>()).add(node);
        }
        return byName;
    }
}
