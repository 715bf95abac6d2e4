package io.entente.cluster.conflict;

import io.entente.cluster.map.MapCatalog;
import io.entente.core.message.NodeId;
import io.entente.core.store.Store;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;

/**
 * Where a node's conflicts come from.
 *
 * @param node the node
 * @param store its store
 * @param partitions how many partitions there are
 * @param partitionOf the partition of a key
 * @param catalog how maps are resolved
 * @param executor where the store is read and followers are served
 */
public record ConflictSource(
        NodeId node,
        Store store,
        int partitions,
        ToIntFunction<String> partitionOf,
        MapCatalog catalog,
        Executor executor) {

    public ConflictSource {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(partitionOf, "partitionOf");
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(executor, "executor");
    }
}
