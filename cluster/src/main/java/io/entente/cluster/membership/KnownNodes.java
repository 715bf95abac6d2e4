package io.entente.cluster.membership;

import io.entente.cluster.replica.Partitions;
import io.entente.core.bytes.ByteReader;
import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.codec.UnsupportedFormatException;
import io.entente.core.message.NodeId;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Map;
import java.util.TreeMap;

/**
 * The other nodes of the cluster, where they were last and what they hold, remembered in the store: a node that starts again finds the
 * cluster through any of them, and counts them as holders while they are away. Confined to the node's actor.
 */
public final class KnownNodes {

    /** The format written: a number that no address begins with, since the first form was an address alone. */
    private static final int FORMAT = 2;

    private static final int LEAST_ADDRESS_BYTE = ' ';

    /** A prefix no partition has: their numbers end before. */
    private static final Bytes PREFIX =
            new ByteWriter().u16(0xFFFF).string("node").toBytes();

    private final Map<NodeId, Known> nodes = new TreeMap<>();
    private final Map<NodeId, Known> unsaved = new TreeMap<>();

    private KnownNodes() {}

    /** What a store remembers of other nodes, to be taken over by the next one of the same node. */
    public static WriteBatch rowsOf(StoreReader store) {
        WriteBatch rows = new WriteBatch();
        try (Scan scan = store.scan(Table.META, PREFIX, StoreKeys.successor(PREFIX))) {
            while (scan.advance()) {
                rows.put(Table.META, scan.key(), scan.value());
            }
        }
        return rows;
    }

    /**
     * What the store remembers.
     *
     * @param partitions how many there are; a node remembered in the first form holds them all
     */
    static KnownNodes recover(StoreReader store, int partitions) {
        KnownNodes known = new KnownNodes();
        try (Scan scan = store.scan(Table.META, PREFIX, StoreKeys.successor(PREFIX))) {
            while (scan.advance()) {
                Bytes name = scan.key().slice(PREFIX.length(), scan.key().length());
                String[] parts = name.utf8().split("/", 2);
                known.nodes.put(new NodeId(parts[0], parts[1]), decode(scan.value(), partitions));
            }
        }
        return known;
    }

    /** Where the nodes were last. */
    Map<NodeId, String> addresses() {
        Map<NodeId, String> addresses = new TreeMap<>();
        nodes.forEach((node, known) -> addresses.put(node, known.address));
        return addresses;
    }

    /** What the nodes hold. */
    Map<NodeId, Partitions> holdings() {
        Map<NodeId, Partitions> holdings = new TreeMap<>();
        nodes.forEach((node, known) -> holdings.put(node, known.holds));
        return holdings;
    }

    /** Notes a node's address and what it says that it holds. */
    void note(NodeId node, String address, Partitions holds) {
        Known now = new Known(address, holds);
        if (!now.equals(nodes.put(node, now))) {
            unsaved.put(node, now);
        }
    }

    /** What was noted since the last call, to be committed; empty when there is nothing. */
    WriteBatch takeUnsaved() {
        WriteBatch batch = new WriteBatch();
        unsaved.forEach((node, known) -> batch.put(Table.META, keyOf(node), encode(known)));
        unsaved.clear();
        return batch;
    }

    private static Bytes keyOf(NodeId node) {
        return new ByteWriter()
                .raw(PREFIX)
                .raw(Bytes.utf8(node.dataCenter() + "/" + node.node()))
                .toBytes();
    }

    private static Bytes encode(Known known) {
        return new ByteWriter()
                .u8(FORMAT)
                .string(known.address)
                .string(known.holds.bits())
                .toBytes();
    }

    private static Known decode(Bytes encoded, int partitions) {
        ByteReader in = new ByteReader(encoded);
        int format = in.u8();
        if (format >= LEAST_ADDRESS_BYTE) {
            return new Known(encoded.utf8(), Partitions.all(partitions));
        }
        if (format != FORMAT) {
            throw new UnsupportedFormatException("the format of a remembered node", format, "format " + FORMAT);
        }
        Known known = new Known(in.string(), Partitions.ofBits(in.string()));
        in.expectEnd();
        return known;
    }

    private record Known(String address, Partitions holds) {}
}
