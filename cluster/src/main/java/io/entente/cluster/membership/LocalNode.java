package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.membership.ClusterView.DataCenterView;
import io.entente.cluster.membership.ClusterView.LinkState;
import io.entente.cluster.membership.ClusterView.LinkView;
import io.entente.cluster.membership.ClusterView.NodeView;
import io.entente.cluster.membership.ClusterView.Role;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.replica.LinkFaults;
import io.entente.cluster.replica.ReplicaCommand;
import io.entente.conflict.version.VersionVector;
import io.entente.core.message.NodeId;
import io.entente.core.replica.ReplicaStatus;
import io.entente.core.topology.PlanCheck;
import io.entente.core.topology.TopologyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        this.addresses = addresses;
        this.links = links;
        this.wallMillis = wallMillis;
    }

    /** A replica that can't answer is left out. */
    @Override
    public CompletionStage<ClusterView> view() {
        List<CompletableFuture<Optional<ReplicaStatus>>> asked = new ArrayList<>();
        for (ActorRef<Object> replica : state.replicas()) {
            CompletableFuture<ReplicaStatus> answer = new CompletableFuture<>();
            replica.tell(new ReplicaCommand.Ask(answer));
            answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            asked.add(answer.handle((status, failure) -> Optional.ofNullable(status)));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        viewOf(asked.stream().map(CompletableFuture::join).toList()));
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
        return state.obstacles();
    }

    @Override
    public List<String> failures() {
        return state.failures();
    }

    private ClusterView viewOf(List<Optional<ReplicaStatus>> statuses) {
        Map<Integer, VersionVector> vectors = new TreeMap<>();
        Set<String> holdingBack = new TreeSet<>();
        Map<NodeId, PeerLinks> peers = new TreeMap<>();
        for (int partition = 0; partition < statuses.size(); partition++) {
            if (statuses.get(partition).isEmpty()) {
                continue;
            }
            ReplicaStatus status = statuses.get(partition).get();
            vectors.put(partition, status.applied());
            holdingBack.addAll(status.purgeHeldBackBy());
            for (ReplicaStatus.PeerStatus peer : status.peers()) {
                peers.computeIfAbsent(peer.node(), p -> new PeerLinks())
                        .add(peer, status.applied(), wallMillis.getAsLong());
            }
        }
        return new ClusterView(
                self.node(),
                "multi-leader",
                0,
                dataCenterViews(peers),
                linkViews(peers),
                vectors,
                holdingBack,
                links.topology().get());
    }

    private List<DataCenterView> dataCenterViews(Map<NodeId, PeerLinks> peers) {
        List<DataCenterView> views = new ArrayList<>();
        dataCenters()
                .forEach((name, nodes) -> views.add(new DataCenterView(
                        name,
                        nodes.stream()
                                .map(node -> new NodeView(node.node(), Role.LEADER, isLive(node, peers)))
                                .toList())));
        return views;
    }

    private boolean isLive(NodeId node, Map<NodeId, PeerLinks> peers) {
        PeerLinks links = peers.get(node);
        return node.equals(self) || (links != null && links.live);
    }

    private List<LinkView> linkViews(Map<NodeId, PeerLinks> peers) {
        List<LinkView> views = new ArrayList<>();
        peers.forEach((peer, links) -> {
            if (!peer.dataCenter().equals(self.dataCenter())) {
                views.add(links.outgoing.view(self, peer, links.live, this.links.faults()));
                views.add(links.incoming.view(peer, self, links.live, this.links.faults()));
            }
        });
        return views;
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

    /** The two directions of the link to one peer, summed over partitions. */
    private static final class PeerLinks {
        private boolean live = true;
        private final Lag outgoing = new Lag();
        private final Lag incoming = new Lag();

        private void add(ReplicaStatus.PeerStatus peer, VersionVector here, long nowMillis) {
            live &= peer.live();
            outgoing.entries += peer.entriesItLacks();
            peer.oldestItLacksMillis().ifPresent(oldest -> outgoing.noteAge(Math.max(0, nowMillis - oldest)));
            VersionVector ahead = peer.applied().newSince(here);
            for (int i = 0; i < ahead.size(); i++) {
                incoming.entries += ahead.sequenceAt(i) - here.sequenceOf(ahead.originAt(i));
            }
        }
    }

    /** How far one direction lags. */
    private static final class Lag {

        /** From here on a live link is called catching up. */
        private static final long FAR_BEHIND_ENTRIES = 10_000;

        private long entries;
        private long ageMillis = -1;

        private void noteAge(long millis) {
            ageMillis = Math.max(ageMillis, millis);
        }

        private LinkView view(NodeId from, NodeId to, boolean live, LinkFaults faults) {
            Optional<Long> lag = ageMillis < 0 ? Optional.empty() : Optional.of(ageMillis);
            return new LinkView(from.dataCenter(), to.dataCenter(), state(from, to, live, faults), entries, lag);
        }

        private LinkState state(NodeId from, NodeId to, boolean live, LinkFaults faults) {
            if (faults.isCut(from.dataCenter(), to.dataCenter())) {
                return LinkState.CUT;
            }
            if (!live) {
                return LinkState.DOWN;
            }
            return entries > FAR_BEHIND_ENTRIES ? LinkState.CATCHING_UP : LinkState.UP;
        }
    }
}
