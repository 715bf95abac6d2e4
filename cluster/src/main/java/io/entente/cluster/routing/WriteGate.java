package io.entente.cluster.routing;

import java.util.Optional;

/** Whether a node takes clients' writes at all. Thread-safe; never blocks. */
@FunctionalInterface
public interface WriteGate {

    /** Why the node takes none of this partition now; empty when it does. */
    Optional<RequestFailedException> refusal(int partition);
}
