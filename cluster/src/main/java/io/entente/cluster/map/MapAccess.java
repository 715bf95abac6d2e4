package io.entente.cluster.map;

import io.entente.cluster.routing.Homes;
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
 * @param homes which data center takes a key's writes, as the router has it
 */
public record MapAccess(Router router, DataLimits limits, Executor executor, Quorums quorums, Homes homes) {

    public MapAccess {
        Objects.requireNonNull(router, "router");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(quorums, "quorums");
        Objects.requireNonNull(homes, "homes");
    }

    /** Where requests count on nothing that they don't say, and no key has a home. */
    public MapAccess(Router router, DataLimits limits, Executor executor) {
        this(router, limits, executor, Quorums.none(), Homes.none());
    }
}
