package io.entente.cluster.forwarding;

import io.entente.cluster.replica.AddressBook;
import io.entente.cluster.routing.LocalRouter;
import io.entente.core.message.NodeId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a node's forwarding works with.
 *
 * @param self the node
 * @param cluster the cluster's identifier, once known
 * @param addresses where the other nodes are
 * @param local answers what others forward, from this node's replicas and from nothing else
 * @param enquiries answers what operators at other nodes ask
 */
public record ForwardSetup(
        NodeId self,
        Supplier<Optional<String>> cluster,
        AddressBook addresses,
        LocalRouter local,
        Enquiries enquiries) {}
