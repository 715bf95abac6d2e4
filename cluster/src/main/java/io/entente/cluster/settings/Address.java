package io.entente.cluster.settings;

import java.util.Objects;

/**
 * Where a node is reached: host and port, in text {@code host:port}, with an IPv6 address in brackets.
 *
 * @param host a host name or IP address, without brackets
 * @param port 0 to 65,535; 0 stands for a free one, chosen when the node binds it
 */
public record Address(String host, int port) {

    /** Throws {@link IllegalArgumentException} for a host or port that is none. */
    public Address {
        Objects.requireNonNull(host, "host");
        Rules.host(host);
        Rules.port(port);
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException when the text is not of that form, or the port is 0: a node can't be found there
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String port = text.substring(colon + 1);
        if (host.isEmpty() || (host.contains(":") && !bracketed) || !port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no address: write host:port, such as 10.0.0.1:25520");
        }
        Rules.between("the port of an address", Integer.parseInt(port), 1, 65_535);
        return new Address(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    /** {@code host:port}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
