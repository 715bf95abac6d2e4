package io.entente.cluster.settings;

import java.util.Objects;

/**
 * The HTTP interface of a node.
 *
 * @param enabled whether there is one
 * @param address where it listens
 */
public record HttpSettings(boolean enabled, Address address) {

    public HttpSettings {
        Objects.requireNonNull(address, "address");
    }

    /** Whether it can be reached from this machine alone, as far as its host's name tells. */
    public boolean isLoopback() {
        String host = address.host();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
