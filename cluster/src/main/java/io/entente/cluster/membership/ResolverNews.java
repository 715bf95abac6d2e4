package io.entente.cluster.membership;

import io.entente.cluster.serialization.CborMessage;
import io.entente.core.message.NodeId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * By what a node resolves conflicts, told with every greeting, so that nodes that disagree notice.
 *
 * @param cluster the sender's cluster
 * @param dataCenter the sender's data center
 * @param node the sender's name
 * @param resolvers by map, name and version of its resolver; {@value #MOST_MAPS} maps at the most
 * @param upTo the last map named, where there are more; empty when all are named
 */
public record ResolverNews(
        String cluster, String dataCenter, String node, Map<String, String> resolvers, Optional<String> upTo)
        implements CborMessage {

    /** How many maps a node tells of: what it tells again and again must be small. */
    static final int MOST_MAPS = 256;

    private static final int MOST_TEXT = 300;
    private static final Pattern MAP = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Throws {@link IllegalArgumentException} for what no node would say: news come from the network. */
    public ResolverNews {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(upTo, "upTo");
        if (!NAME.matcher(dataCenter).matches() || !NAME.matcher(node).matches()) {
            throw new IllegalArgumentException("news of resolvers from a node with a malformed name");
        }
        if (resolvers.size() > MOST_MAPS) {
            throw new IllegalArgumentException("news of the resolvers of " + resolvers.size() + " maps");
        }
        resolvers = new TreeMap<>(resolvers);
        resolvers.forEach((map, resolver) -> {
            if (!MAP.matcher(map).matches() || resolver.length() > MOST_TEXT) {
                throw new IllegalArgumentException("news of a resolver with a malformed name");
            }
        });
    }

    NodeId sender() {
        return new NodeId(dataCenter, node);
    }
}
