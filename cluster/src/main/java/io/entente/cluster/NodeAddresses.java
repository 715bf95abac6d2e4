package io.entente.cluster;

import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import io.entente.cluster.settings.Address;
import io.entente.cluster.settings.NodeSettings;
import java.util.List;

/**
 * Nodes' addresses as Akka writes them.
 *
 * @param system the actor system of this node
 */
record NodeAddresses(ActorSystem<?> system) {

    /** This node's, with the real port also where the settings ask for any. */
    String self() {
        return Cluster.get(system).selfMember().address().toString();
    }

    /** Those by which the node joins its cluster, in their order. */
    List<String> contacts(NodeSettings node) {
        return node.contacts().stream()
                .map(contact -> contact.equals(node.address()) ? self() : text(contact))
                .toList();
    }

    private String text(Address address) {
        return "akka://" + system.name() + "@" + address.host() + ":" + address.port();
    }
}
