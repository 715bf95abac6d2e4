package io.entente.cluster.membership;

import io.entente.cluster.replica.LinkFaults;

/**
 * What can be done to the links between data centers.
 *
 * @param topology which links there are
 * @param faults which of them are cut on purpose
 * @param faultInjection whether any may be cut
 */
public record Links(TopologyInForce topology, LinkFaults faults, boolean faultInjection) {}
