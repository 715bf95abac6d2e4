package io.entente.core.codec;

import io.entente.conflict.version.Origin;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.MalformedBytesException;
import io.entente.core.message.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Origins written once and then called by number: names are long, and a token repeats them.
 *
 * @param origins ascending, none twice
 */
record OriginTable(List<Origin> origins) {

    /** The least bytes of a node: two empty texts. */
    private static final int LEAST_NODE_BYTES = 2;

    /** A node's number, a start and random bits. */
    private static final int LEAST_ORIGIN_BYTES = 17;

    static OriginTable of(Collection<Origin> origins) {
        return new OriginTable(new ArrayList<>(new TreeSet<>(origins)));
    }

    int numberOf(Origin origin) {
        return Collections.binarySearch(origins, origin);
    }

    /** The origin that the next varint calls. */
    Origin next(ByteReader in) {
        if (origins.isEmpty()) {
            throw new MalformedBytesException("an origin is called, and the table has none");
        }
        return origins.get(in.varint(origins.size() - 1));
    }

    void write(ByteWriter out) {
        List<NodeId> nodes =
                origins.stream().map(NodeId::of).distinct().sorted().toList();
        out.varint(nodes.size());
        nodes.forEach(node -> out.string(node.dataCenter()).string(node.node()));
        out.varint(origins.size());
        for (Origin origin : origins) {
            out.varint(Collections.binarySearch(nodes, NodeId.of(origin)));
            out.i64(origin.startedAtMillis()).i64(origin.random());
        }
    }

    static OriginTable read(ByteReader in) {
        List<NodeId> nodes = new ArrayList<>();
        for (int left = in.count(LEAST_NODE_BYTES); left > 0; left--) {
            nodes.add(new NodeId(in.string(), in.string()));
        }
        List<Origin> origins = new ArrayList<>();
        for (int left = in.count(LEAST_ORIGIN_BYTES); left > 0; left--) {
            origins.add(readOrigin(in, nodes));
        }
        return new OriginTable(origins);
    }

    private static Origin readOrigin(ByteReader in, List<NodeId> nodes) {
        if (nodes.isEmpty()) {
            throw new MalformedBytesException("an origin's node is called, and the table has none");
        }
        NodeId node = nodes.get(in.varint(nodes.size() - 1));
        try {
            return new Origin(node.dataCenter(), node.node(), in.i64(), in.i64());
        } catch (IllegalArgumentException notAnOrigin) {
            throw new MalformedBytesException("not an origin: " + notAnOrigin.getMessage(), notAnOrigin);
        }
    }
}
