package io.entente.cluster.membership;

import io.entente.core.bytes.ByteWriter;
import io.entente.core.bytes.Bytes;
import io.entente.core.codec.StoreKeys;
import io.entente.core.message.NodeId;
import io.entente.core.store.Scan;
import io.entente.core.store.StoreReader;
import io.entente.core.store.Table;
import io.entente.core.store.WriteBatch;
import java.util.Map;
import java.util.TreeMap;

/**
 * The other nodes of the cluster and where they were last, remembered in the store: a node that starts again finds the cluster
 * through any of them. Confined to the node's actor.
 */
final class KnownNodes {

    /** A prefix no partition has: their numbers end before. */
    private static final Bytes PREFIX =
            new ByteWriter().u16(0xFFFF).string("node").toBytes();

    private final Map<NodeId, String> addresses = new TreeMap<>();
    private final Map<NodeId, String> unsaved = new TreeMap<>();

    static KnownNodes recover(StoreReader store) {
        KnownNodes known = new KnownNodes();
        try (Scan scan = store.scan(Table.META, PREFIX, StoreKeys.successor(PREFIX))) {
            while (scan.advance()) {
                Bytes name = scan.key().slice(PREFIX.length(), scan.key().length());
                String[] parts = name.utf8().split("/", 2);
                known.addresses.put(new NodeId(parts[0], parts[1]), scan.value().utf8());
            }
        }
        return known;
    }

    Map<NodeId, String> addresses() {
        return addresses;
    }

    /** Notes a node's address. */
    void note(NodeId node, String address) {
        if (!address.equals(addresses.put(node, address))) {
            unsaved.put(node, address);
        }
    }

    /** What was noted since the last call, to be committed; empty when there is nothing. */
    WriteBatch takeUnsaved() {
        WriteBatch batch = new WriteBatch();
        unsaved.forEach((node, address) -> batch.put(Table.META, keyOf(node), Bytes.utf8(address)));
        unsaved.clear();
        return batch;
    }

    private static Bytes keyOf(NodeId node) {
        return new ByteWriter()
                .raw(PREFIX)
                .raw(Bytes.utf8(node.dataCenter() + "/" + node.node()))
                .toBytes();
    }
}
