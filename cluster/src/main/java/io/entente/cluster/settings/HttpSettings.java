package io.entente.cluster.settings;

import java.util.List;
import java.util.Objects;

/**
 * The HTTP interface of a node.
 *
 * @param enabled whether there is one
 * @param address where it listens
 * @param names by which names it may be addressed beside its address, where it listens on loopback alone
 */
public record HttpSettings(boolean enabled, Address address, List<String> names) {

    public HttpSettings {
        Objects.requireNonNull(address, "address");
        names = List.copyOf(names);
    }

    /** Without names of its own. */
    public HttpSettings(boolean enabled, Address address) {
        this(enabled, address, List.of());
    }

    /** Whether it can be reached from this machine alone, as far as its host's name tells. */
    public boolean isLoopback() {
        return isLoopback(address.host());
    }

    /** Whether a host's name, or address, is one of this machine alone. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
