package io.entente.cluster.retirement;

import io.entente.conflict.version.Dot;
import io.entente.conflict.version.VersionVector;
import io.entente.core.record.Salvageable;
import io.entente.core.replica.Salvage;
import io.entente.core.store.Store;
import io.entente.core.store.StoreException;
import io.entente.core.store.StoreFullException;
import io.entente.core.store.StoreReader;
import io.entente.core.store.directory.AsideStores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
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
                stores.put(aside, reading(aside, () -> source.opener().apply(aside)));
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
     * Demands that whoever is asked for has accepted writes that this node knows of, be it that none of them is lost.
     *
     * @throws IllegalArgumentException when not; names those who have
     */
    void requireWriter(SortedMap<Integer, VersionVector> known, SalvageScope scope, String self) {
        Set<String> writers = new TreeSet<>(Set.of(self));
        known.forEach((partition, vector) -> {
            addWriters(vector, writers);
            stores.forEach(
                    (aside, store) -> addWriters(reading(aside, new Salvage(store, partition)::vector), writers));
        });
        scope.of().filter(name -> !writers.contains(name)).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "nothing is known here that a node \"" + name + "\" has accepted: \"of\" is one of " + writers);
        });
    }

    private static void addWriters(VersionVector vector, Set<String> writers) {
        for (int i = 0; i < vector.size(); i++) {
            writers.add(vector.originAt(i).node());
        }
    }

    /** What goes wrong meanwhile says what to do about that directory. A full disk isn't its fault. */
    private static <T> T reading(Path aside, Supplier<T> action) {
        try {
            return action.get();
        } catch (StoreFullException full) {
            throw full;
        } catch (StoreException failed) {
            throw new StoreException(
                    failed.getMessage() + ". While " + aside
                            + " is what can't be read, put a whole copy of it in its place, or move it " + "out of "
                            + aside.getParent() + ": what only it has is lost then, and the rest is offered again",
                    failed,
                    false);
        }
    }

    /**
     * Tells of the lost writes that are meant.
     *
     * @param known the vectors of this node's replicas, by partition
     * @param self this node's name
     * @throws StoreException when a store can't be read; says what to do
     */
    void find(SortedMap<Integer, VersionVector> known, SalvageScope scope, String self, Visitor visitor) {
        for (Map.Entry<Path, Store> aside : stores.entrySet()) {
            for (Map.Entry<Integer, VersionVector> replica : known.entrySet()) {
                int partition = replica.getKey();
                boolean goesOn = reading(
                        aside.getKey(),
                        () -> new Salvage(aside.getValue(), partition)
                                .find(
                                        replica.getValue(),
                                        dot -> isDone(partition, dot),
                                        (key, dot, write) -> !scope.contains(self, key, dot)
                                                || visitor.visit(aside.getKey(), partition, dot, write)));
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
