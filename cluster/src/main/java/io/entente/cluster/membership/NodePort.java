package io.entente.cluster.membership;

import io.entente.cluster.health.HealthReason;
import io.entente.core.topology.TopologyPlan;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;

/** What surfaces (HTTP, shell) may ask of a node beside reads and writes. Thread-safe; never blocks. */
public interface NodePort {

    /** The cluster as this node sees it. */
    CompletionStage<ClusterView> view();

    /**
     * Cuts or mends this node's use of the links between two data centers, in one direction: messages of Entente from
     * {@code from} to {@code to} are dropped at this node, whichever side it is on.
     *
     * @throws IllegalStateException when fault injection is not switched on
     * @throws IllegalArgumentException when a data center is unknown, or neither is this node's
     */
    void link(String from, String to, boolean cut);

    /** Whether links may be cut on purpose. */
    boolean faultInjection();

    /**
     * Links the data centers of the whole cluster in another way. Completes with the change once it is durable at this node, from where it
     * spreads to all others, to those that are away when they return.
     *
     * @throws IllegalArgumentException when the plan names a data center that is unknown, or by it some data center's writes would
     *     not reach another one
     * @throws IllegalStateException when this node doesn't know its cluster yet
     */
    CompletionStage<AgreedTopology> topology(TopologyPlan plan);

    /** Why this node is not ready to serve, one sentence each; empty when it is. */
    List<String> obstacles();

    /** What an operator should look at though the node serves, one sentence each. */
    List<String> remarks();

    /** Why this node is not alive, one sentence each; empty when it is. */
    List<String> failures();

    /** Of which kinds all of these are, obstacles, remarks and failures. */
    SortedSet<HealthReason> reasons();
}
