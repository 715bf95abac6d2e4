package io.entente.cluster.retirement;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.Salvageable;
import io.entente.core.replica.Salvage;
import io.entente.core.store.Store;
import io.entente.core.store.StoreReader;
import io.entente.core.store.directory.AsideStores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * The stores put aside at a node, open for reading; nobody else may have them open meanwhile. Confined to one thread.
 *
 * <p>What was written back is known by the store it was written from. That may have been put aside since, so all of them are asked.
 */
final class AsideReading implements AutoCloseable {

    private final Map<Path, Store> stores = new LinkedHashMap<>();
    private final StoreReader present;

    AsideReading(LostWritesSource source) {
        present = source.store();
        try {
            for (Path aside : AsideStores.of(source.directory())) {
                stores.put(aside, source.opener().apply(aside));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Is told of one write after the other. */
    interface Visitor {

        /**
         * Looks at a lost write.
         *
         * @param write the write, read when it is asked for, during this call
         * @return whether to go on
         */
        boolean visit(Path aside, int partition, Dot dot, Supplier<Salvageable> write);
    }

    /**
     * Tells of the lost writes that are meant.
     *
     * @param known the vectors of this node's replicas, by partition
     * @param self this node's name
     */
    void find(SortedMap<Integer, VersionVector> known, SalvageScope scope, String self, Visitor visitor) {
        for (Map.Entry<Path, Store> aside : stores.entrySet()) {
            for (Map.Entry<Integer, VersionVector> replica : known.entrySet()) {
                int partition = replica.getKey();
                boolean goesOn = new Salvage(aside.getValue(), partition)
                        .find(
                                replica.getValue(),
                                dot -> isDone(partition, dot),
                                (key, dot, write) -> !scope.contains(self, key, dot)
                                        || visitor.visit(aside.getKey(), partition, dot, write));
                if (!goesOn) {
                    return;
                }
            }
        }
    }

    private boolean isDone(int partition, Dot dot) {
        return Salvage.isDone(present, partition, dot)
                || stores.values().stream().anyMatch(store -> Salvage.isDone(store, partition, dot));
    }

    @Override
    public void close() {
        stores.values().forEach(Store::close);
    }
}
