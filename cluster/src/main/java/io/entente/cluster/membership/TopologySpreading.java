package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import java.util.Set;
import org.slf4j.Logger;

/** Tells other nodes of a topology that was changed, with every greeting, and hears of it from them. Confined to the node's actor. */
final class TopologySpreading {

    private final NodeSetup setup;
    private final Logger log;

    TopologySpreading(NodeSetup setup, Logger log) {
        this.setup = setup;
        this.log = log;
    }

    /** Tells everybody at these addresses but this node itself; nothing while the topology is as configured. */
    void tell(Set<String> addressees) {
        AgreedTopology topology = setup.topology().get();
        if (topology.isConfigured() || setup.state().cluster().isEmpty()) {
            return;
        }
        TopologyNews news = new TopologyNews(setup.state().cluster().get(), topology.text());
        for (String address : addressees) {
            if (!address.equals(setup.address())) {
                ActorRef<TopologyNews> node = setup.addresses().node(address);
                node.tell(news);
            }
        }
    }

    /** Hears what another node of this cluster uses; what can't be read is nobody's. */
    void hear(TopologyNews news) {
        if (!setup.state().cluster().filter(news.cluster()::equals).isPresent()) {
            return;
        }
        try {
            setup.topology().heard(AgreedTopology.parse(news.topology()));
        } catch (IllegalArgumentException malformed) {
            log.warn("dropped news of a topology: {}", malformed.getMessage());
        }
    }
}
