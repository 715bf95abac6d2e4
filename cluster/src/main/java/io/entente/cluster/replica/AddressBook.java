package io.entente.cluster.replica;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import io.entente.cluster.serialization.PeerEnvelope;
import io.entente.core.message.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The other nodes of the cluster: who there is, which partitions each holds, and where it is, as far as it has been heard of. Peers are
 * addressed by well-known path, which finds whatever process is there now.
 *
 * <p>A node that is known stays known, heard or not: what it holds counts for quorums, and silence removes nobody from them. Thread-safe.
 */
public final class AddressBook {

    /** The name of the actor under which a node's replicas live. */
    public static final String NODE_ACTOR = "entente";

    /** The name of the actor that takes requests of other nodes. */
    public static final String FORWARD_ACTOR = "entente-forward";

    /** For how long a hello counts: several greetings. */
    private static final long SILENCE_NANOS = 3_000_000_000L;

    private final ActorRefResolver resolver;
    private final Map<NodeId, Partitions> holdings = new ConcurrentHashMap<>();
    private final Map<NodeId, String> addresses = new ConcurrentHashMap<>();
    private final Map<NodeId, String> http = new ConcurrentHashMap<>();
    private final Map<NodeId, Sign> signs = new ConcurrentHashMap<>();

    /** An empty book. */
    public AddressBook(ActorRefResolver resolver) {
        this.resolver = resolver;
    }

    /** Notes that a node belongs to the cluster and holds these partitions, beside those it is known to hold; whether that is news. */
    public boolean know(NodeId node, Partitions holds) {
        Partitions before = holdings.get(node);
        Partitions after = holdings.merge(node, holds, Partitions::with);
        return !after.equals(before);
    }

    /**
     * Notes where a node is that is known; whether that is news.
     *
     * @param address an Akka address, {@code akka://system@host:port}
     */
    public boolean note(NodeId node, String address) {
        return !address.equals(addresses.put(node, address));
    }

    /** Notes where a node serves HTTP, or that it serves none. */
    public void serves(NodeId node, Optional<String> url) {
        url.ifPresentOrElse(known -> http.put(node, known), () -> http.remove(node));
    }

    /** Where a node serves HTTP, as {@code http://host:port}, as it said last. */
    public Optional<String> httpOf(NodeId node) {
        return Optional.ofNullable(http.get(node));
    }

    /** Forgets where a node is. It stays known. */
    public boolean forgetAddress(NodeId node) {
        signs.remove(node);
        return addresses.remove(node) != null;
    }

    /** Notes that a node was heard, which partitions it says that it leads, and in which of those it holds it says that it is behind. */
    public void heard(NodeId node, Partitions leads, Partitions behind, long nowNanos) {
        signs.put(node, new Sign(leads, behind, nowNanos));
    }

    /** Whether the node was heard lately, so that asking it is worth while. */
    public boolean isLive(NodeId node, long nowNanos) {
        Sign last = signs.get(node);
        return last != null && nowNanos - last.atNanos <= SILENCE_NANOS && addresses.containsKey(node);
    }

    /** The partitions that the node said it leads when it was heard last. */
    public Partitions ledBy(NodeId node) {
        Sign last = signs.get(node);
        return last == null ? Partitions.none() : last.leads;
    }

    /** Whether the node said when it was heard last that its replica of a partition is behind the others. */
    public boolean isBehind(NodeId node, int partition) {
        Sign last = signs.get(node);
        return last != null && last.behind.contains(partition);
    }

    /** Whether a node is known. */
    public boolean knows(NodeId node) {
        return holdings.containsKey(node);
    }

    /** The nodes known. */
    public SortedSet<NodeId> nodes() {
        return new TreeSet<>(holdings.keySet());
    }

    /** The nodes known to hold a partition. */
    public SortedSet<NodeId> holdersOf(int partition) {
        SortedSet<NodeId> holders = new TreeSet<>();
        holdings.forEach((node, holds) -> {
            if (holds.contains(partition)) {
                holders.add(node);
            }
        });
        return holders;
    }

    /** The partitions that a node is known to hold. */
    public Partitions heldBy(NodeId node) {
        return holdings.getOrDefault(node, Partitions.none());
    }

    /** Where a node is. */
    public Optional<String> addressOf(NodeId node) {
        return Optional.ofNullable(addresses.get(node));
    }

    /** The name of a partition's replica among its node's actors. */
    public static String replicaName(int partition) {
        return "replica-" + partition;
    }

    /** The actor of the node at an address. */
    public <M> ActorRef<M> node(String address) {
        return resolver.resolveActorRef(address + "/system/" + NODE_ACTOR);
    }

    /** The actor that takes requests at a node, while it is known where the node is. */
    public Optional<ActorRef<PeerEnvelope>> forwarding(NodeId node) {
        return addressOf(node).map(address -> resolver.resolveActorRef(address + "/system/" + FORWARD_ACTOR));
    }

    Optional<ActorRef<PeerEnvelope>> replica(NodeId node, int partition) {
        return addressOf(node)
                .map(address ->
                        resolver.resolveActorRef(address + "/system/" + NODE_ACTOR + "/" + replicaName(partition)));
    }

    /** What a node said last: what it leads, where it is behind, and when. */
    private record Sign(Partitions leads, Partitions behind, long atNanos) {}
}
