package io.entente.cluster.membership;

import java.util.List;
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

    /** Why this node is not ready to serve, one sentence each; empty when it is. */
    List<String> obstacles();

    /** Why this node is not alive, one sentence each; empty when it is. */
    List<String> failures();
}
