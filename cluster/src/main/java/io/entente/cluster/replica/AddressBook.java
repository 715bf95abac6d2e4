package io.entente.cluster.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.message.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the peers are: node → address, as learned from their hellos. Peers are addressed by well-known path, which finds whatever
 * process is there now. Thread-safe.
 */
public final class AddressBook {

    /** The name of the actor under which a node's replicas live. */
    public static final String NODE_ACTOR = "entente";

    private final ActorRefResolver resolver;
    private final Map<NodeId, String> addresses = new ConcurrentHashMap<>();

    /** An empty book. */
    public AddressBook(ActorRefResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Notes where a node is; whether that is news.
     *
     * @param address an Akka address, {@code akka://system@host:port}
     */
    public boolean note(NodeId node, String address) {
        return !address.equals(addresses.put(node, address));
    }

    /** Forgets a node. */
    public boolean forget(NodeId node) {
        return addresses.remove(node) != null;
    }

    /** The nodes known. */
    public Set<NodeId> nodes() {
        return new TreeSet<>(addresses.keySet());
    }

    /** Where a node is. */
    public Optional<String> addressOf(NodeId node) {
        return Optional.ofNullable(addresses.get(node));
    }

    /** The name of a partition's replica among its node's actors. */
    public static String replicaName(int partition) {
        return "replica-" + partition;
    }

    Optional<ActorRef<PeerEnvelope>> replica(NodeId node, int partition) {
        return addressOf(node)
                .map(address ->
                        resolver.resolveActorRef(address + "/system/" + NODE_ACTOR + "/" + replicaName(partition)));
    }
}
