package io.entente.core.store;

import io.entente.core.bytes.Bytes;

/**
 * A walk over a range of keys; it stands before the first until {@link #advance()} is called. May hold native memory
 * and keep old versions alive: close it soon. Confined to one thread, but the store may be closed by another; the scan
 * then answers with {@link IllegalStateException}.
 */
public interface Scan extends AutoCloseable {

    /**
     * Moves to the next key; {@code false} when there is none, then and ever after.
     *
     * @throws StoreException when the next key cannot be read
     */
    boolean advance();

    /**
     * The key the scan stands at.
     *
     * @throws IllegalStateException when it stands at none
     */
    Bytes key();

    /**
     * The value of the key the scan stands at.
     *
     * @throws IllegalStateException when it stands at none
     */
    Bytes value();

    /** Frees what the scan holds; more than once does no harm. */
    @Override
    void close();
}
