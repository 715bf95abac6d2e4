package io.entente.cluster.membership;

import akka.actor.typed.ActorRef;
import io.entente.cluster.replica.Partitions;
import io.entente.core.message.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Says hello to other nodes. Confined to the node's actor. */
final class Greeting {

    private final NodeSetup setup;

    Greeting(NodeSetup setup) {
        this.setup = setup;
    }

    /**
     * Greets everybody at these addresses but this node itself.
     *
     * @param known where which node was last
     * @param founder whether this node would found a cluster
     */
    void greet(Set<String> addressees, Map<NodeId, String> known, boolean founder) {
        Map<String, String> names = new HashMap<>();
        known.forEach((node, address) -> names.put(address, node.toString()));
        for (String address : addressees) {
            if (!address.equals(setup.address())) {
                ActorRef<Hello> node = setup.addresses().node(address);
                node.tell(hello(Optional.ofNullable(names.get(address)), founder));
            }
        }
    }

    /** Nothing is said before the replicas run. */
    private Optional<String> holds() {
        SortedMap<Integer, ActorRef<Object>> replicas = setup.state().replicas();
        return replicas.isEmpty()
                ? Optional.empty()
                : Optional.of(new Partitions(new TreeSet<>(replicas.keySet())).bits());
    }

    private Hello hello(Optional<String> addressee, boolean founder) {
        NodeState state = setup.state();
        return new Hello(
                Hello.FORMAT,
                setup.self().node(),
                setup.self().dataCenter(),
                setup.address(),
                state.cluster(),
                setup.plan().partitions(),
                state.isMember(),
                setup.directory().hasJoined(),
                founder,
                addressee,
                holds(),
                Optional.of(state.ledBy(setup.self()).bits()),
                state.http(),
                Optional.of(state.behind().bits()),
                Optional.of(state.modes().own()));
    }
}
