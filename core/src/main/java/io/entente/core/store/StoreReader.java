package io.entente.core.store;

import io.entente.core.bytes.Bytes;
import java.util.Optional;

/**
 * Reads what has been committed.
 *
 * <p>All reads throw {@link StoreException} when the stored bytes cannot be read or fail their checksum, and
 * {@link IllegalStateException} after the close.
 */
public interface StoreReader {

    /** The value of a key, if it has one. */
    Optional<Bytes> get(Table table, Bytes key);

    /**
     * The keys from {@code fromInclusive} until before {@code toExclusive}, ascending in unsigned bytewise order; none when the
     * range is empty or turned round. The scan shows one state throughout, the one at this call, whatever is committed
     * meanwhile. Close it.
     */
    Scan scan(Table table, Bytes fromInclusive, Bytes toExclusive);
}
