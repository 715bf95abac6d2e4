package io.entente.cluster;

import io.entente.core.store.Store;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What a node takes on trust: that its clock is right, that its device does what it says, and what the application has brought along. Tests give it a world that isn't so.
 *
 * @param wallMillis the node's clock, in milliseconds since 1970
 * @param device stands between the node's commits and its store
 * @param embedding what the application has brought along
 */
record NodeWorld(LongSupplier wallMillis, UnaryOperator<Store> device, Embedding embedding) {

    /** With nothing of the application's. */
    NodeWorld(LongSupplier wallMillis, UnaryOperator<Store> device) {
        this(wallMillis, device, Embedding.standard());
    }

    /** The one outside. */
    static NodeWorld real() {
        return real(Embedding.standard());
    }

    /** The one outside, with what the application has brought along. */
    static NodeWorld real(Embedding embedding) {
        return new NodeWorld(System::currentTimeMillis, UnaryOperator.identity(), embedding);
    }
}
