package io.entente.cluster.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a node is and how others find it.
 *
 * @param name the node's name, unique in the cluster and kept for life
 * @param dataCenter the data center it is in
 * @param address where the other nodes reach it
 * @param bindHost the address to listen on where it isn't the address's host
 * @param seeds the nodes to join the cluster by, none twice; empty for this node's own address
 */
public record NodeSettings(
        String name, String dataCenter, Address address, Optional<String> bindHost, List<Address> seeds) {

    /** Throws {@link IllegalArgumentException} for a malformed name or host, or a seed that is named twice. */
    public NodeSettings {
        Rules.name(name);
        Rules.name(dataCenter);
        Objects.requireNonNull(address, "address");
        bindHost.ifPresent(Rules::host);
        seeds = Rules.distinct("the seed", seeds);
    }

    /** The host to listen on. */
    public String listenHost() {
        return bindHost.orElse(address.host());
    }

    /** The nodes to join the cluster by: the seeds, or this node alone. */
    public List<Address> contacts() {
        return seeds.isEmpty() ? List.of(address) : seeds;
    }

    /** Whether this node founds the cluster when its data directory is new: it is its own first contact. */
    public boolean isFounder() {
        return contacts().get(0).equals(address);
    }
}
