package io.entente.cluster;

import akka.Done;
import io.entente.cluster.forwarding.Forwarder;
import io.entente.cluster.http.Elsewhere;
import io.entente.cluster.map.MapAccess;
import io.entente.cluster.map.MapCatalog;
import io.entente.cluster.map.Maps;
import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.routing.HomeRouter;
import io.entente.cluster.routing.Whereabouts;
import io.entente.core.bytes.Bytes;
import io.entente.core.message.NodeId;
import io.entente.core.record.RecordKey;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The rest of the cluster, reached over the nodes' own connections. Thread-safe; never blocks. */
final class NodeElsewhere implements Elsewhere {

    private final NodeId self;
    private final AddressBook addresses;
    private final Forwarder forwarder;
    private final Local own;
    private final DataCenterRouters routers;
    private final Map<String, Maps> maps = new ConcurrentHashMap<>();

    /**
     * @param self this node
     * @param addresses the others
     * @param forwarder asks the others
     * @param own this node's maps are reached so, and resolved as the catalog says
     * @param routers the ways to the data centers
     */
    NodeElsewhere(NodeId self, AddressBook addresses, Forwarder forwarder, Local own, DataCenterRouters routers) {
        this.self = self;
        this.addresses = addresses;
        this.forwarder = forwarder;
        this.own = own;
        this.routers = routers;
    }

    /** How this node's own maps are reached, and where their leaders are. */
    record Local(MapAccess access, MapCatalog catalog, Whereabouts leaders) {}

    @Override
    public SortedSet<NodeId> nodes() {
        SortedSet<NodeId> others = addresses.nodes();
        others.remove(self);
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
    public Optional<String> leaderOf(RecordKey key) {
        int partition = own.access.router().partitionOf(key.key());
        return own.access
                .homes()
                .find(key)
                .filter(home -> !home.equals(self.dataCenter()))
                .map(home -> routers.heard(home).leaderOf(partition))
                .orElseGet(() -> own.leaders.leaderOf(partition))
                .filter(leader -> !leader.equals(self))
                .flatMap(addresses::httpOf);
    }

    @Override
    public Optional<Maps> maps(String dataCenter) {
        boolean known = routers.isKnown(dataCenter) && !dataCenter.equals(self.dataCenter());
        return known ? Optional.of(maps.computeIfAbsent(dataCenter, this::reached)) : Optional.empty();
    }

    /** Siblings come from there and are resolved here, by the same rules: the outcome is the one that readers there get. Keys with a home are written there. */
    private Maps reached(String dataCenter) {
        MapAccess here = own.access;
        HomeRouter router = new HomeRouter(dataCenter, routers.apply(dataCenter), routers, here.homes());
        return new Maps(
                new MapAccess(router, here.limits(), here.executor(), here.quorums(), here.homes()), own.catalog);
    }
}
