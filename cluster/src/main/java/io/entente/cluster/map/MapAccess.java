package io.entente.cluster.map;

import io.entente.cluster.routing.Router;
import io.entente.cluster.settings.DataLimits;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * What maps need of their node.
 *
 * @param router brings requests to replicas
 * @param limits what clients may ask for
 * @param executor where values are read, resolved and changed by applications' code, so that no replica waits for that
 * @param quorums how many copies requests count on
 */
public record MapAccess(Router router, DataLimits limits, Executor executor, Quorums quorums) {

    public MapAccess {
        Objects.requireNonNull(router, "router");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(quorums, "quorums");
    }

    /** Where requests count on nothing that they don't say. */
    public MapAccess(Router router, DataLimits limits, Executor executor) {
        this(router, limits, executor, Quorums.none());
    }
}
