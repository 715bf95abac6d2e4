package io.entente.cluster;

import akka.Done;
import io.entente.cluster.forwarding.Forwarder;
import io.entente.cluster.http.Elsewhere;
import io.entente.cluster.map.MapAccess;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.Maps;
import io.entente.cluster.membership.HeardDataCenter;
import io.entente.cluster.membership.PartitionPlan;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.routing.ElsewhereRouter;
import io.entente.cluster.routing.Whereabouts;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The rest of the cluster, reached over the nodes' own connections. Thread-safe; never blocks. */
final class NodeElsewhere implements Elsewhere {

    private final HeardDataCenter own;
    private final Forwarder forwarder;
    private final MapAccess access;
    private final MapCatalog catalog;
    private final Whereabouts leaders;
    private final Map<String, Maps> maps = new ConcurrentHashMap<>();

    /**
     * @param self this node
     * @param addresses the others
     * @param plan who may originate in which partition
     * @param forwarder asks the others
     * @param own this node's maps are reached so, and resolved as the catalog says
     */
    NodeElsewhere(NodeId self, AddressBook addresses, PartitionPlan plan, Forwarder forwarder, Local own) {
        this.own = new HeardDataCenter(self, self.dataCenter(), addresses, plan, System::nanoTime);
        this.forwarder = forwarder;
        this.access = own.access;
        this.catalog = own.catalog;
        this.leaders = own.leaders;
    }

    /** How this node's own maps are reached, and where their leaders are. */
    record Local(MapAccess access, MapCatalog catalog, Whereabouts leaders) {}

    @Override
    public SortedSet<NodeId> nodes() {
        SortedSet<NodeId> others = own.addresses().nodes();
        others.remove(own.self());
        return others;
    }

    @Override
    public CompletionStage<Bytes> view(NodeId node) {
        return forwarder.view(node);
    }

    @Override
    public CompletionStage<Done> link(NodeId node, String from, String to, boolean cut) {
        return forwarder.link(node, from, to, cut);
    }

    @Override
    public Optional<String> leaderOf(String key) {
        return leaders.leaderOf(access.router().partitionOf(key))
                .filter(leader -> !leader.equals(own.self()))
                .flatMap(own.addresses()::httpOf);
    }

    @Override
    public Optional<Maps> maps(String dataCenter) {
        boolean known = nodes().stream().anyMatch(node -> node.dataCenter().equals(dataCenter))
                && !dataCenter.equals(own.dataCenter());
        return known ? Optional.of(maps.computeIfAbsent(dataCenter, this::reached)) : Optional.empty();
    }

    /** Siblings come from there and are resolved here, by the same rules: the outcome is the one that readers there get. */
    private Maps reached(String dataCenter) {
        HeardDataCenter there = new HeardDataCenter(own.self(), dataCenter, own.addresses(), own.plan(), own.nanos());
        ElsewhereRouter router = new ElsewhereRouter(access.router(), there, forwarder);
        return new Maps(new MapAccess(router, access.limits(), access.executor(), access.quorums()), catalog);
    }
}
