package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import java.util.Optional;
import java.util.Set;

/** Tells other nodes by what this one resolves conflicts, with every greeting, and hears it from them. Confined to the node's actor. */
final class ResolverSpreading {

    private final NodeSetup setup;

    ResolverSpreading(NodeSetup setup) {
        this.setup = setup;
    }

    /** Tells everybody at these addresses but this node itself, and forgets who hasn't told anything for long. */
    void tell(Set<String> addressees) {
        setup.state().resolvers().forgetSilent(System.nanoTime());
        Optional<String> cluster = setup.state().cluster();
        if (cluster.isEmpty()) {
            return;
        }
        ResolverNews news = setup.state().resolvers().news(cluster.get(), setup.self());
        for (String address : addressees) {
            if (!address.equals(setup.address())) {
                ActorRef<ResolverNews> node = setup.addresses().node(address);
                node.tell(news);
            }
        }
    }

    /** Hears what another node of this cluster says. */
    void hear(ResolverNews news) {
        if (setup.isPeer(news.cluster(), news.sender())) {
            setup.state().resolvers().heard(news, System.nanoTime());
        }
    }
}
