package io.entente.core.store;

/**
 * The state of a store at one moment, unmoved by later commits. Keeps replaced versions alive until it is closed. As
 * thread-safe as its store.
 */
public interface StoreSnapshot extends StoreReader, AutoCloseable {

    /** Frees what the snapshot holds; more than once does no harm. */
    @Override
    void close();
}
