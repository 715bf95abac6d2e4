package io.entente.cluster;

import io.entente.core.store.StoreEngine;
import io.entente.core.store.rocksdb.RocksEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.Optional;

/**
 * What an application brings along for the node that lives in it, beside its settings. Codecs and resolvers aren't among it: each map is opened with its own.
 *
 * <p>Immutable. What it names must be thread-safe, and stays the application's: the node closes none of it.
 *
 * @param engine where the node keeps its data; a data directory stays with the engine that made it
 * @param metrics where the node's figures are to be found too, under Micrometer's names ({@code entente.replication.lag}), beside its {@code
 *     /metrics}: those that are read off the node are read every ten seconds. The process's own figures (memory, threads) aren't among them, since an
 *     application that has a registry has them there already. When the node ends, its figures are removed
 */
public record Embedding(StoreEngine engine, Optional<MeterRegistry> metrics) {

    public Embedding {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(metrics, "metrics");
    }

    /** Nothing of its own: RocksDB, and figures at {@code /metrics} alone. */
    public static Embedding standard() {
        return new Embedding(RocksEngine.INSTANCE, Optional.empty());
    }

    /** The same with the node's data kept by another engine. */
    public Embedding withStore(StoreEngine other) {
        return new Embedding(other, metrics);
    }

    /** The same with the node's figures in the application's registry too. */
    public Embedding withMetrics(MeterRegistry registry) {
        return new Embedding(engine, Optional.of(registry));
    }
}
