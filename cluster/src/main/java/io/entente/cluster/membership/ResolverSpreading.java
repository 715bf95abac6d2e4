package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import io.entente.cluster.replica.AddressBook;
import java.util.Optional;
import java.util.Set;

/** Tells other nodes by what this one resolves conflicts, with every greeting, and hears it from them. Confined to the node's actor. */
final class ResolverSpreading {

    private final NodeSetup setup;
    private final ActorRefResolver resolver;

    ResolverSpreading(NodeSetup setup, ActorRefResolver resolver) {
        this.setup = setup;
        this.resolver = resolver;
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
                ActorRef<ResolverNews> node = resolver.resolveActorRef(address + "/system/" + AddressBook.NODE_ACTOR);
                node.tell(news);
            }
        }
    }

    /** Hears what another node of this cluster says. */
    void hear(ResolverNews news) {
        boolean peer = setup.state().cluster().equals(Optional.of(news.cluster()))
                && setup.addresses().nodes().contains(news.sender());
        if (peer) {
            setup.state().resolvers().heard(news, System.nanoTime());
        }
    }
}
