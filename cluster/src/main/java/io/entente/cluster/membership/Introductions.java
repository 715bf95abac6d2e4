package io.entente.cluster.membership;

import io.entente.core.message.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges whether a node that says hello can be a peer: the same format, the same cluster, the same number of partitions, and a name
 * that nobody else has. Pure. Confined to the node's actor.
 *
 * <p>A known node may turn up at another address, since nodes move, but only once its old address is silent: else two nodes have one
 * name, or the hello is a stale one.
 */
final class Introductions {

    /** How long an address must have been silent before its node is believed to be at another one: several greetings. */
    static final long SILENCE_NANOS = 3_000_000_000L;

    /** A new directory for one that has served would lose what it has acknowledged and nobody else has. */
    private static final String REMEDY =
            "stop one of them and keep its data directory. What the other one has acknowledged reaches all once it is alone; what only the"
                    + " stopped one has, once that lives in its place. One that has never served may get another name and a new directory";

    private final NodeId self;
    private final String address;
    private final int partitions;
    private final Map<NodeId, Sighting> sightings = new TreeMap<>();

    Introductions(NodeId self, String address, int partitions) {
        this.self = self;
        this.address = address;
        this.partitions = partitions;
    }

    /**
     * Why the sender can't be a peer, as a sentence; empty when it can.
     *
     * @param cluster the cluster of this node, if it knows one
     */
    Optional<String> objectionTo(Hello hello, Optional<String> cluster) {
        String who = "node " + hello.node() + " at " + hello.address();
        if (hello.format() != Hello.FORMAT) {
            return Optional.of(who + " speaks format " + hello.format() + " and this node " + Hello.FORMAT
                    + ": run one version of Entente on both");
        }
        if (hello.node().equals(self.node())) {
            return Optional.of(who + " has this node's name, and this one is at " + address
                    + ", and the others listen to one of them only: " + REMEDY);
        }
        if (cluster.isPresent() && hello.cluster().isPresent() && !cluster.equals(hello.cluster())) {
            return Optional.of(who + " belongs to cluster " + hello.cluster().get() + " and this node to "
                    + cluster.get() + ": stop one of them, or give it other seeds and a new data directory");
        }
        if (hello.partitions() != partitions && hello.cluster().isPresent()) {
            return Optional.of(who + " has " + hello.partitions() + " partitions and this node " + partitions
                    + ": set entente.partitions to the number the cluster was founded with, and give the node whose number"
                    + " changes a new data directory");
        }
        return Optional.empty();
    }

    /**
     * Notes that a node of this cluster was heard at an address.
     *
     * @return why it is not believed to be there, as a sentence; empty when it is
     */
    Optional<String> sighted(NodeId node, String where, long nowNanos) {
        for (Map.Entry<NodeId, Sighting> other : sightings.entrySet()) {
            NodeId known = other.getKey();
            Sighting last = other.getValue();
            boolean lately = nowNanos - last.atNanos <= SILENCE_NANOS;
            boolean sameName = known.node().equals(node.node());
            if (lately && sameName && !(known.equals(node) && last.address.equals(where))) {
                return Optional.of("two nodes have the name " + node.node() + ", " + known + " at " + last.address
                        + " and " + node + " at " + where
                        + ", and only the former is listened to: " + REMEDY);
            }
        }
        sightings.put(node, new Sighting(where, nowNanos));
        return Optional.empty();
    }

    private record Sighting(String address, long atNanos) {}
}
