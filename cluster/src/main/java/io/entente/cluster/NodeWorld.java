package io.entente.cluster;

import io.entente.core.store.Store;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What a node takes on trust: that its clock is right, and that its device does what it says. Tests give it a world that isn't so.
 *
 * @param wallMillis the node's clock, in milliseconds since 1970
 * @param device stands between the node's commits and its store
 */
record NodeWorld(LongSupplier wallMillis, UnaryOperator<Store> device) {

    /** The one outside. */
    static NodeWorld real() {
        return new NodeWorld(System::currentTimeMillis, UnaryOperator.identity());
    }
}
