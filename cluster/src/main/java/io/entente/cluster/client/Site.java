package io.entente.cluster.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A data center as a client knows it. Immutable.
 *
 * @param name its name, for sentences
 * @param nodes where nodes in it serve HTTP, such as {@code http://eu-1.example:8081}; at least one. They are the nodes' own addresses: behind a
 *     balancer a write that is sent again may come to a node that doesn't know it
 */
public record Site(String name, List<URI> nodes) {

    /** Throws {@link IllegalArgumentException} for no address, and for one that is more than scheme, host and port. */
    public Site {
        Objects.requireNonNull(name, "name");
        List<URI> plain = new ArrayList<>();
        nodes.forEach(node -> plain.add(plain(node)));
        if (plain.isEmpty()) {
            throw new IllegalArgumentException("the site " + name + " has no nodes: give at least one address");
        }
        nodes = List.copyOf(plain);
    }

    /** A data center with nodes at these addresses. */
    public static Site of(String name, String... addresses) {
        List<URI> nodes = new ArrayList<>();
        for (String address : addresses) {
            nodes.add(URI.create(address));
        }
        return new Site(name, nodes);
    }

    private static URI plain(URI node) {
        String scheme = node.getScheme();
        String path = node.getPath();
        boolean isHttp = "http".equals(scheme) || "https".equals(scheme);
        boolean isBare = (path == null || path.isEmpty() || path.equals("/")) && node.getQuery() == null;
        if (!isHttp || node.getHost() == null || !isBare) {
            throw new IllegalArgumentException("'" + node
                    + "' is no address of a node: write scheme, host and port, as in http://eu-1.example:8081");
        }
        return URI.create(scheme + "://" + node.getRawAuthority());
    }
}
